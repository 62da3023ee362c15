package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.cadence.WorkWeek;
import dev.ronde.platform.db.Batches;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The people of one look at the world or of one mail, each with working days and hours; read once each. */
final class Calendars {
    private final Handle handle;
    private final People people;
    private final Map<UUID, Optional<Person>> known = new HashMap<>();
    private final Map<UUID, Boolean> here = new HashMap<>();
    private final Map<Place, NoticeTimes> times = new HashMap<>();
    private @Nullable List<Person> leads;

    /** What people of the same working days share. */
    private record Place(ZoneId zone, WorkWeek week) {}

    Calendars(Handle handle, People people) {
        this.handle = handle;
        this.people = people;
    }

    /** Reads people together who will be asked for. */
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

    /** The person, where they exist. */
    Optional<Person> find(@Nullable UUID id) {
        return id == null ? Optional.empty() : known.computeIfAbsent(id, key -> people.find(handle, key));
    }

    /** The person, where they exist and can answer: not who has left, nor a team of which everybody has. */
    Optional<Person> active(@Nullable UUID id) {
        return find(id).filter(person -> here.computeIfAbsent(
                person.id(), key -> people.gone(handle, List.of(key)).isEmpty()));
    }

    /** Those who decide. */
    List<Person> leads() {
        List<Person> read = leads == null ? people.leads(handle) : leads;
        leads = read;
        return read;
    }

    /** When the person may be written to. */
    NoticeTimes times(Person person) {
        return times.computeIfAbsent(
                new Place(person.zone(), person.week()),
                place -> people.noticeTimes(handle, place.zone(), place.week()));
    }
}
