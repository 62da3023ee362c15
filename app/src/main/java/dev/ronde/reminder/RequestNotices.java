package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.finding.waiver.RequestedWaiver;
import dev.ronde.finding.waiver.RequestedWaivers;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailReason;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What mails say about waivers that wait for a decision. */
final class RequestNotices implements NoticeLines.Lines {
    private final RequestedWaivers waivers;
    private final MailAddresses addresses;

    RequestNotices(RequestedWaivers waivers, MailAddresses addresses) {
        this.waivers = waivers;
        this.addresses = addresses;
    }

    /** The line about one waiver; empty where it is decided or taken back, what fails is fixed, or this person does not decide on it any more. */
    @Override
    public Optional<Map<String, Object>> line(
            Handle tx, Calendars calendars, Notice notice, Person person, Instant now) {
        return waivers.find(tx, notice.subjectId(), now)
                .filter(waiver -> RequestItems.approvers(calendars, waiver).stream()
                        .anyMatch(approver -> approver.id().equals(person.id())))
                .map(waiver -> model(waiver, person));
    }

    private Map<String, Object> model(RequestedWaiver waiver, Person person) {
        Map<String, Object> model = new HashMap<>();
        model.put("ref", waiver.ref());
        model.put("asset", waiver.asset());
        model.put("check", waiver.checkId());
        model.put("severity", waiver.severity());
        model.put("until", MailDates.day(waiver.untilOn(), person.language()));
        model.put("order", waiver.requestedAt() + " %015d".formatted(waiver.waiverNumber()));
        model.put("page", addresses.base() + "/waivers/" + waiver.ref());
        return model;
    }

    @Override
    public MailReason goneReason() {
        return MailReason.WAIVER_DECIDED;
    }
}
