package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.cadence.WorkWeek;
import dev.ronde.mail.MailState;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.Health;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.http.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The people of one look at the world or of one mail, each with working days and hours; read once each. It also says whom mail reaches, and
 * who hears in place of whom: nothing is sent to an address that is unreachable until it is tried again.
 */
final class Calendars {
    private final Handle handle;
    private final People people;
    private final Map<UUID, Optional<Person>> known = new HashMap<>();
    private final Map<UUID, Boolean> here = new HashMap<>();
    private final Map<Place, NoticeTimes> times = new HashMap<>();
    private final AddressHealth health = new AddressHealth();
    private final Instant now;
    private @Nullable List<Person> leads;
    private @Nullable List<Person> admins;
    private @Nullable Map<UUID, Health> troubled;

    private record Place(ZoneId zone, WorkWeek week) {}

    /** @param now when mails leave */
    Calendars(Handle handle, People people, Instant now) {
        this.handle = handle;
        this.people = people;
        this.now = now;
    }

    void read(List<UUID> ids) {
        List<UUID> unread = ids.stream().filter(id -> !known.containsKey(id)).toList();
        for (List<UUID> some : Batches.of(unread)) {
            Map<UUID, Person> found = people.byIds(handle, some);
            Set<UUID> gone = people.gone(handle, some);
            some.forEach(id -> {
                known.put(id, Optional.ofNullable(found.get(id)));
                here.put(id, !gone.contains(id));
            });
        }
    }

    Optional<Person> find(@Nullable UUID id) {
        return id == null ? Optional.empty() : known.computeIfAbsent(id, key -> people.find(handle, key));
    }

    /** Empty if the person has left or is a team that everybody has left. */
    Optional<Person> active(@Nullable UUID id) {
        return find(id).filter(person -> here.computeIfAbsent(
                person.id(), key -> people.gone(handle, List.of(key)).isEmpty()));
    }

    /** The leads that mail reaches; the administrators if it reaches none; all leads if it reaches nobody. */
    List<Person> leads() {
        List<Person> read = leads;
        if (read == null) {
            List<Person> all = people.leads(handle);
            read = all.stream().filter(this::tries).toList();
            read = read.isEmpty() ? admins() : read;
            read = read.isEmpty() ? all : read;
            leads = read;
        }
        return read;
    }

    List<Person> admins() {
        List<Person> read = admins == null
                ? people.withRole(handle, Role.ADMIN).stream()
                        .filter(this::tries)
                        .toList()
                : admins;
        admins = read;
        return read;
    }

    /** Empty if mail arrives. */
    Optional<Health> trouble(@Nullable UUID id) {
        Map<UUID, Health> read = troubled == null ? health.troubled(handle) : troubled;
        troubled = read;
        return Optional.ofNullable(id).map(read::get);
    }

    boolean tries(Person person) {
        return tries(person.id());
    }

    private boolean tries(UUID id) {
        return trouble(id).filter(known -> !known.mayTry(now)).isEmpty();
    }

    Optional<Person> reached(@Nullable UUID id) {
        return active(id).filter(this::tries);
    }

    List<Item> reaching(List<Item> items) {
        return items.stream().filter(item -> tries(item.personId())).toList();
    }

    /**
     * Who hears what this person must be told: they themselves; the backup owner of the asset, or else the leads, where nothing is sent to them
     * and no mail told them, and beside them where the last mail about it came back; the leads where they are nobody or have left.
     *
     * @param notices about the same thing
     */
    List<Person> readers(@Nullable UUID personId, @Nullable UUID backupId, List<Notice> notices) {
        Optional<Person> person = active(personId);
        if (person.isEmpty()) {
            return leads();
        }
        List<Person> readers =
                new ArrayList<>(person.filter(this::tries).stream().toList());
        if (misses(person.get(), notices)) {
            Optional<Person> backup = reached(backupId)
                    .filter(one -> !one.id().equals(person.get().id()));
            readers.addAll(backup.map(List::of)
                    .orElseGet(() -> leads().stream()
                            .filter(lead -> !lead.id().equals(person.get().id()))
                            .toList()));
        }
        return readers;
    }

    /** Whether others must hear it: the last mail came back, or no mail told them and nothing is sent to them. */
    boolean misses(Person person, List<Notice> notices) {
        return last(notices, person).map(Notice::cameBack).orElseGet(() -> !tries(person));
    }

    /** The name of the first person that mail misses and this reader stands in for; empty if none. */
    String insteadOf(Person reader, List<Notice> notices, @Nullable UUID... personIds) {
        return Arrays.stream(personIds)
                .flatMap(id -> active(id).stream())
                .filter(person -> !person.id().equals(reader.id()))
                .filter(person -> lost(person, notices))
                .findFirst()
                .map(person -> CleanText.line(person.name()))
                .orElse("");
    }

    boolean lost(Person person, List<Notice> notices) {
        return !tries(person) || cameBack(notices, person);
    }

    static boolean cameBack(List<Notice> notices, Person person) {
        return last(notices, person).filter(Notice::cameBack).isPresent();
    }

    private static Optional<Notice> last(List<Notice> notices, Person person) {
        return notices.stream()
                .filter(notice -> notice.personId().equals(person.id()))
                .filter(notice -> notice.cameBack() || notice.state().equals(MailState.ACCEPTED.word()))
                .max(Comparator.comparing(Notice::createdAt));
    }

    NoticeTimes times(Person person) {
        return times.computeIfAbsent(
                new Place(person.zone(), person.week()),
                place -> people.noticeTimes(handle, place.zone(), place.week()));
    }
}
