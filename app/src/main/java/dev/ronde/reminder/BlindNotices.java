package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Judgement;
import dev.ronde.coverage.LastingError;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailReason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What mails say about checks that do not see any more. */
final class BlindNotices implements NoticeLines.Lines {
    private static final Duration AGE = Duration.ofMinutes(1);

    private final LastingErrors errors;
    private final People people;
    private final Assets assets;
    private final MailAddresses addresses;
    private final ReasonWords words;

    BlindNotices(LastingErrors errors, People people, Assets assets, MailAddresses addresses, ReasonWords words) {
        this.errors = errors;
        this.people = people;
        this.assets = assets;
        this.addresses = addresses;
        this.words = words;
    }

    /** The line about one check of an asset; empty where it sees again, or where the reader has nothing to do with it any more. */
    @Override
    public Optional<Map<String, Object>> line(
            Handle tx, Calendars calendars, Notice notice, Person person, Instant now) {
        LastingError error = errors.byId(tx, now, AGE).get(notice.subjectId());
        if (error == null) {
            return Optional.empty();
        }
        boolean operates = BlindItems.operators(calendars).stream()
                .anyMatch(operator -> operator.id().equals(person.id()));
        if (owns(person, error) || operates) {
            return Optional.of(model(error, person, ""));
        }
        List<Notice> notices = tx.attach(NoticeDao.class).listOf(notice.subjectId());
        UUID backup = assets.find(tx, error.asset()).map(Asset::backupId).orElse(null);
        return Optional.ofNullable(error.owner())
                .flatMap(email -> people.findByEmail(tx, email))
                .filter(owner -> calendars.readers(owner.id(), backup, notices).stream()
                        .anyMatch(reader -> reader.id().equals(person.id())))
                .map(owner -> model(error, person, calendars.insteadOf(person, notices, owner.id())));
    }

    private static boolean owns(Person person, LastingError error) {
        return person.email().equalsIgnoreCase(error.owner());
    }

    private Map<String, Object> model(LastingError error, Person person, String instead) {
        boolean stated = Judgement.ATTESTATION_OVERDUE.equals(error.reason())
                || Judgement.ATTESTATION_OUTDATED.equals(error.reason());
        String page = addresses.base() + "/assets/" + error.asset();
        Map<String, Object> model = new HashMap<>();
        model.put("instead", instead);
        model.put("asset", error.asset());
        model.put("thing", ReviewModels.thing(error.asset(), error.assetName()));
        model.put("check", error.check());
        model.put("reason", reason(error, person));
        model.put("erring", error.erring());
        model.put("stated", stated);
        model.put("since", MailDates.moment(error.since(), person.zone(), person.language()));
        model.put("order", error.about());
        model.put("page", stated ? page + "/checks/" + error.check() + "/attestation" : page);
        return model;
    }

    /** In the reader's language; the bare code of a reason that only the operator's own check file knows. */
    private String reason(LastingError error, Person person) {
        String code = error.reason();
        return code == null ? "–" : words.of(code, person.language()).orElse(code);
    }

    @Override
    public MailReason goneReason() {
        return MailReason.SEES_AGAIN;
    }
}
