package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.coverage.LastingError;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.smtp.CleanText;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What mails say about checks that do not see any more. */
final class BlindNotices implements ListMail.Lines {
    private final LastingErrors errors;
    private final MailAddresses addresses;

    BlindNotices(LastingErrors errors, MailAddresses addresses) {
        this.errors = errors;
        this.addresses = addresses;
    }

    /** The line about one check of an asset; empty where it sees again. */
    @Override
    public Optional<Map<String, Object>> line(Handle tx, Notice notice, Person person, Instant now) {
        return errors.list(tx, now).stream()
                .filter(error -> error.id().equals(notice.subjectId()))
                .findFirst()
                .map(error -> model(error, person));
    }

    private Map<String, Object> model(LastingError error, Person person) {
        Map<String, Object> model = new HashMap<>();
        model.put("asset", error.asset());
        model.put("asset_name", CleanText.line(error.assetName()));
        model.put("check", error.check());
        model.put("reason", Objects.requireNonNullElse(error.reason(), ""));
        model.put("since", MailDates.moment(error.since(), person.zone(), person.language()));
        model.put("owned", person.email().equalsIgnoreCase(error.owner()));
        model.put("order", error.about());
        model.put("page", addresses.base() + "/assets/" + error.asset());
        return model;
    }

    @Override
    public String goneReason() {
        return "the check sees again";
    }

    @Override
    public boolean comesInDigests() {
        return true;
    }
}
