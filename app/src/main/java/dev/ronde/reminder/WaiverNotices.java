package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.finding.waiver.EndingWaivers;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What mails say about waivers that end soon or have ended. */
final class WaiverNotices implements NoticeLines.Lines {
    private final EndingWaivers waivers;
    private final MailAddresses addresses;

    WaiverNotices(EndingWaivers waivers, MailAddresses addresses) {
        this.waivers = waivers;
        this.addresses = addresses;
    }

    /** The line about one waiver; empty where it is renewed or revoked, or over and nothing fails. */
    @Override
    public Optional<Map<String, Object>> line(
            Handle tx, Calendars calendars, Notice notice, Person person, Instant now) {
        return waivers.find(tx, notice.subjectId(), now)
                .map(waiver -> model(tx, calendars, waiver, person, false))
                .or(() -> waivers.findOver(tx, notice.subjectId(), now)
                        .map(waiver -> model(tx, calendars, waiver, person, true)));
    }

    /** Names the person in whose place this one gets the mail. */
    private static String instead(Handle tx, Calendars calendars, EndingWaiver waiver, Person person) {
        if (person.id().equals(waiver.ownerId()) || person.id().equals(waiver.requesterId())) {
            return "";
        }
        List<Notice> notices = tx.attach(NoticeDao.class).listOf(waiver.id());
        return calendars.insteadOf(person, notices, waiver.ownerId(), waiver.requesterId());
    }

    private Map<String, Object> model(
            Handle tx, Calendars calendars, EndingWaiver waiver, Person person, boolean over) {
        Map<String, Object> model = new HashMap<>();
        model.put("ref", waiver.ref());
        model.put("asset", waiver.asset());
        model.put("check", waiver.checkId());
        model.put("instead", instead(tx, calendars, waiver, person));
        model.put("until", MailDates.day(waiver.untilOn(), person.language()));
        model.put("order", waiver.untilOn() + " %015d".formatted(waiver.waiverNumber()));
        model.put("over", over);
        model.put("page", addresses.base() + "/waivers/" + waiver.ref());
        return model;
    }

    @Override
    public MailReason goneReason() {
        return MailReason.WAIVER_OVER;
    }
}
