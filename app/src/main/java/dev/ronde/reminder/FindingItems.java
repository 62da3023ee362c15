package dev.ronde.reminder;

import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.control.Severity;
import dev.ronde.mail.MailState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What must be told about findings: a critical one at once at any hour, a high one in working hours, others at 09:00. */
final class FindingItems implements Reminders.Source {
    private final FindingLook findings;

    FindingItems(FindingLook findings) {
        this.findings = findings;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        List<Person> leads = calendars.leads();
        List<Item> items = new ArrayList<>();
        List<Found> untold = findings.untold(handle);
        Map<UUID, List<Notice>> notices = handle.attach(NoticeDao.class)
                .bySubject(untold.stream().map(Found::id).toList());
        for (Found found : untold) {
            List<Notice> told = notices.getOrDefault(found.id(), List.of());
            List<UUID> readers = calendars
                    .active(found.ownerId())
                    .map(owner -> List.of(owner.id()))
                    .orElseGet(() -> leads.stream().map(Person::id).collect(Collectors.toList()));
            for (UUID reader : readers) {
                List<Notice> theirs = told.stream()
                        .filter(notice -> notice.personId().equals(reader))
                        .toList();
                boolean known = theirs.stream().anyMatch(notice -> !notice.open() && !lost(notice));
                // no server took the mail in time: what is still open is told anew
                Optional<Instant> lostAt = theirs.stream()
                        .filter(FindingItems::lost)
                        .flatMap(notice -> Stream.ofNullable(notice.settledAt()))
                        .max(Comparator.naturalOrder());
                if (!known) {
                    calendars
                            .active(reader)
                            .flatMap(person -> item(found, person, calendars, lostAt, now))
                            .ifPresent(items::add);
                }
            }
        }
        return items;
    }

    private static boolean lost(Notice notice) {
        return notice.state().equals(MailState.EXPIRED.word());
    }

    private static Optional<Item> item(
            Found found, Person person, Calendars calendars, Optional<Instant> lostAt, Instant now) {
        NoticeTimes times = calendars.times(person);
        Instant detectedAt = found.detectedAt();
        boolean urgent = found.severity() == Severity.CRITICAL;
        Instant at = switch (found.severity()) {
            case CRITICAL -> detectedAt;
            case HIGH -> times.next(detectedAt);
            default -> times.nextMorning(detectedAt);
        };
        if (!urgent && (at.isAfter(times.endOfDay(now)) || !times.open(now))) {
            return Optional.empty();
        }
        Rung rung = lostAt.map(lost -> Rung.since(Step.FOUND, "found-again", lost, at))
                .orElseGet(() -> Rung.of(Step.FOUND, at));
        return Optional.of(new Item(
                person.id(),
                Notice.FINDING,
                found.id(),
                found.asset() + " " + found.check(),
                0,
                found.asset(),
                List.of(),
                rung,
                List.of(),
                List.of(),
                true,
                Instant.MIN,
                urgent,
                false));
    }
}
