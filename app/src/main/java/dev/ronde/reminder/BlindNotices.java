package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.coverage.LastingError;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.smtp.CleanText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What mails say about checks that do not see any more. */
final class BlindNotices implements ListMail.Lines {
    private static final Duration AGE = Duration.ofMinutes(1);

    private final LastingErrors errors;
    private final People people;
    private final MailAddresses addresses;

    BlindNotices(LastingErrors errors, People people, MailAddresses addresses) {
        this.errors = errors;
        this.people = people;
        this.addresses = addresses;
    }

    /** The line about one check of an asset; empty where it sees again, or where the reader has nothing to do with it any more. */
    @Override
    public Optional<Map<String, Object>> line(Handle tx, Notice notice, Person person, Instant now) {
        return Optional.ofNullable(errors.byId(tx, now, AGE).get(notice.subjectId()))
                .filter(error -> owns(person, error)
                        || BlindItems.operators(tx, people).stream()
                                .anyMatch(operator -> operator.id().equals(person.id())))
                .map(error -> model(error, person, addresses.base() + "/assets/" + error.asset()));
    }

    private static boolean owns(Person person, LastingError error) {
        return person.email().equalsIgnoreCase(error.owner());
    }

    private static Map<String, Object> model(LastingError error, Person person, String page) {
        Map<String, Object> model = new HashMap<>();
        model.put("asset", error.asset());
        model.put("asset_name", CleanText.line(error.assetName()));
        model.put("check", error.check());
        model.put("reason", Objects.requireNonNullElse(error.reason(), "–"));
        model.put("since", MailDates.moment(error.since(), person.zone(), person.language()));
        model.put("owned", owns(person, error));
        model.put("order", error.about());
        model.put("page", page);
        return model;
    }

    @Override
    public MailReason goneReason() {
        return MailReason.SEES_AGAIN;
    }
}
