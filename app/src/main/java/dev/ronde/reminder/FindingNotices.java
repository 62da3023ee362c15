package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.catalogue.Severity;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.smtp.CleanText;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What mails say about findings. */
final class FindingNotices implements NoticeLines.Lines {
    /** Long enough for three openings with their rules. */
    private static final int LONGEST_FOUND = 500;

    private static final int LONGEST_SUBJECT = 150;

    private final FindingLook findings;
    private final MailAddresses addresses;
    private final Assets assets;

    FindingNotices(FindingLook findings, MailAddresses addresses, Assets assets) {
        this.findings = findings;
        this.addresses = addresses;
        this.assets = assets;
    }

    /** The line about one finding; empty where it is fixed or belongs to somebody else now. */
    @Override
    public Optional<Map<String, Object>> line(
            Handle tx, Calendars calendars, Notice notice, Person person, Instant now) {
        Optional<Found> open =
                findings.find(tx, notice.subjectId(), person.language()).filter(Found::open);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Found found = open.get();
        if (found.ownerId() == null || found.ownerId().equals(person.id())) {
            return Optional.of(model(found, person, ""));
        }
        List<Notice> notices = tx.attach(NoticeDao.class).listOf(found.id());
        UUID backup = assets.byId(tx, found.assetId()).backupId();
        String instead = calendars.insteadOf(person, notices, found.ownerId());
        return calendars.readers(found.ownerId(), backup, notices).stream()
                        .anyMatch(reader -> reader.id().equals(person.id()))
                ? Optional.of(model(found, person, instead))
                : Optional.empty();
    }

    /** Drops the full stop, so that the finding can stand inside a longer line. */
    private static String phrase(String sentence, int longest) {
        return CleanText.line(sentence, longest).strip().replaceFirst("(?<!\\.)\\.$", "");
    }

    private Map<String, Object> model(Found found, Person person, String instead) {
        Map<String, Object> model = new HashMap<>();
        model.put("instead", instead);
        model.put("asset", found.asset());
        model.put("title", phrase(found.title(), LONGEST_FOUND));
        model.put("heading", phrase(found.title(), LONGEST_SUBJECT));
        model.put("severity", found.severity().name().toLowerCase(Locale.ROOT));
        model.put("owned", person.id().equals(found.ownerId()));
        model.put("order", Severity.CRITICAL.compareTo(found.severity()) + " " + found.firstBadAt());
        model.put("first_bad", MailDates.moment(found.firstBadAt(), person.zone(), person.language()));
        model.put("thing", ReviewModels.thing(found.asset(), found.assetName()));
        model.put("since", MailDates.day(LocalTimes.dayOf(found.firstBadAt(), person.zone()), person.language()));
        model.put("remedy", phrase(found.remedy(), LONGEST_FOUND));
        model.put("page", addresses.base() + "/assets/" + found.asset());
        return model;
    }

    @Override
    public MailReason goneReason() {
        return MailReason.FINDING_FIXED;
    }

    @Override
    public void told(Handle tx, Notice notice, Instant at) {
        findings.notified(tx, notice.subjectId(), at);
    }
}
