package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.finding.waiver.RequestedWaiver;
import dev.ronde.finding.waiver.RequestedWaivers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who may decide on a waiver is told once that somebody asked for it, from the next working hour on. */
final class RequestItems implements Reminders.Source {
    static final String RUNG = "requested";

    private final RequestedWaivers waivers;

    RequestItems(RequestedWaivers waivers) {
        this.waivers = waivers;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        List<RequestedWaiver> waiting = waivers.list(handle, now);
        if (waiting.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<Notice>> notices = handle.attach(NoticeDao.class)
                .bySubject(waiting.stream().map(RequestedWaiver::id).toList());
        List<Item> items = new ArrayList<>();
        for (RequestedWaiver waiver : waiting) {
            for (Person approver : approvers(calendars, waiver)) {
                NoticeTimes times = calendars.times(approver);
                Told told = Told.of(notices.getOrDefault(waiver.id(), List.of()), approver.id(), times, now);
                Rung rung = told.due(new Rung(RUNG, Topic.REQUESTED, Ladder.morning(waiver.requestedAt(), times)));
                if (!told.was(rung) && !rung.at().isAfter(now) && times.open(now)) {
                    items.add(new Item(
                            approver.id(),
                            Notice.REQUEST,
                            waiver.id(),
                            waiver.ref(),
                            waiver.version(),
                            waiver.asset(),
                            List.of(),
                            rung,
                            List.of(),
                            true,
                            waiver.requestedAt(),
                            false));
                }
            }
        }
        return items;
    }

    /** The leads or administrators who may approve, without the requester; administrators if no lead is left. */
    static List<Person> approvers(Calendars calendars, RequestedWaiver waiver) {
        List<Person> leads = waiver.needsAdmin() ? List.of() : others(calendars.leads(), waiver);
        return leads.isEmpty() ? others(calendars.admins(), waiver) : leads;
    }

    private static List<Person> others(List<Person> people, RequestedWaiver waiver) {
        return people.stream()
                .filter(person -> !person.id().equals(waiver.requesterId()))
                .toList();
    }
}
