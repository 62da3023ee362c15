package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.cadence.WorkWeek;
import dev.ronde.mail.MailState;
import dev.ronde.mail.health.Health;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.http.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The people of one {@link World}, each with working days and hours. It says whom mail reaches, and who hears in place of
 * whom: nothing is sent to an address that is unreachable until it is tried again.
 *
 * @param gone those who have left, and teams that everybody has left
 * @param leads those that mail reaches; the administrators if it reaches none; all leads if it reaches nobody
 */
record Directory(
        Map<UUID, Person> known,
        Set<UUID> gone,
        Set<UUID> unreachable,
        Map<UUID, Health> troubled,
        List<Person> leads,
        List<Person> admins,
        Map<Place, NoticeTimes> times) {

    record Place(ZoneId zone, WorkWeek week) {}

    /**
     * Reads these people, the leads and the administrators.
     *
     * @param reader who certainly gets a mail now, because it is being written; null if nobody
     */
    static Directory read(
            Handle handle,
            People people,
            Collection<UUID> ids,
            Map<UUID, Health> troubled,
            @Nullable UUID reader,
            Instant now) {
        Map<UUID, Person> known = new HashMap<>();
        Set<UUID> gone = new HashSet<>();
        for (List<UUID> some : Batches.of(List.copyOf(Set.copyOf(ids)))) {
            known.putAll(people.byIds(handle, some));
            gone.addAll(people.gone(handle, some));
        }
        List<Person> leads = people.leads(handle);
        List<Person> admins = people.withRole(handle, Role.ADMIN);
        leads.forEach(person -> known.put(person.id(), person));
        admins.forEach(person -> known.put(person.id(), person));
        Set<UUID> unreachable = new HashSet<>();
        troubled.forEach((id, health) -> {
            if (!health.mayTry(now) && !id.equals(reader)) {
                unreachable.add(id);
            }
        });
        Map<Place, NoticeTimes> times = new HashMap<>();
        for (Person person : known.values()) {
            times.computeIfAbsent(place(person), place -> people.noticeTimes(handle, place.zone(), place.week()));
        }
        List<Person> reachedAdmins = reached(admins, unreachable);
        List<Person> reachedLeads = reached(leads, unreachable);
        List<Person> instead = reachedAdmins.isEmpty() ? leads : reachedAdmins;
        return new Directory(
                known,
                gone,
                unreachable,
                troubled,
                reachedLeads.isEmpty() ? instead : reachedLeads,
                reachedAdmins,
                times);
    }

    private static List<Person> reached(List<Person> people, Set<UUID> unreachable) {
        return people.stream()
                .filter(person -> !unreachable.contains(person.id()))
                .toList();
    }

    private static Place place(Person person) {
        return new Place(person.zone(), person.week());
    }

    Optional<Person> find(@Nullable UUID id) {
        return Optional.ofNullable(id).map(known::get);
    }

    /** Empty if the person has left or is a team that everybody has left. */
    Optional<Person> active(@Nullable UUID id) {
        return find(id).filter(person -> !gone.contains(person.id()));
    }

    /** Empty if mail arrives. */
    Optional<Health> trouble(@Nullable UUID id) {
        return Optional.ofNullable(id).map(troubled::get);
    }

    boolean tries(Person person) {
        return !unreachable.contains(person.id());
    }

    Optional<Person> reached(@Nullable UUID id) {
        return active(id).filter(this::tries);
    }

    NoticeTimes times(Person person) {
        return Objects.requireNonNull(times.get(place(person)));
    }

    /** The leads that mail reaches, without one person. */
    List<Person> leadsBut(@Nullable UUID id) {
        return leads.stream().filter(lead -> !lead.id().equals(id)).toList();
    }

    /**
     * Who hears what this person must be told: they themselves; the backup owner of the asset, or else the leads, where nothing is sent to them
     * and no mail told them, and beside them where the last mail about it came back; the leads where they are nobody or have left.
     */
    List<Person> readers(@Nullable UUID personId, @Nullable UUID backupId, List<NoticeRow> rows) {
        Optional<Person> person = active(personId);
        if (person.isEmpty()) {
            return leads;
        }
        List<Person> readers =
                new ArrayList<>(person.filter(this::tries).stream().toList());
        if (misses(person.get(), rows)) {
            Optional<Person> backup = reached(backupId).filter(one -> !one.id().equals(personId));
            readers.addAll(backup.map(List::of).orElseGet(() -> leadsBut(personId)));
        }
        return readers;
    }

    /** Whether others must hear it: the last mail came back, or no mail told them and nothing is sent to them. */
    private boolean misses(Person person, List<NoticeRow> rows) {
        return last(rows, person).map(NoticeRow::cameBack).orElseGet(() -> !tries(person));
    }

    /** The name of the first person that mail misses and this reader stands in for; empty if none. */
    String insteadOf(Person reader, List<NoticeRow> rows, @Nullable UUID... personIds) {
        return Arrays.stream(personIds)
                .flatMap(id -> active(id).stream())
                .filter(person -> !person.id().equals(reader.id()))
                .filter(person -> misses(person, rows))
                .findFirst()
                .map(person -> CleanText.line(person.name()))
                .orElse("");
    }

    private static Optional<NoticeRow> last(List<NoticeRow> rows, Person person) {
        return rows.stream()
                .filter(row -> row.personId().equals(person.id()))
                .filter(row -> row.cameBack() || row.state().equals(MailState.ACCEPTED.word()))
                .max(Comparator.comparing(NoticeRow::createdAt));
    }
}
