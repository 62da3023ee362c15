package dev.ronde.reminder;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.cadence.NoticeTimes;
import dev.ronde.coverage.LastingError;
import dev.ronde.coverage.LastingErrors;
import dev.ronde.platform.db.Batches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What must be told about checks that do not see any more: the administrators, who run the probes, at 09:00 once it has lasted longer than a
 * result stays fresh, and the owner of the asset a working day later if it still does.
 */
final class BlindItems implements Reminders.Source {
    private static final Duration LOOK_EVERY = Duration.ofHours(1);

    private final LastingErrors errors;
    private final People people;
    private final Assets assets;

    BlindItems(LastingErrors errors, People people, Assets assets) {
        this.errors = errors;
        this.people = people;
        this.assets = assets;
    }

    @Override
    public List<Item> at(Handle handle, Calendars calendars, Instant now) {
        Collection<LastingError> lasting = errors.byId(handle, now, LOOK_EVERY).values();
        if (lasting.isEmpty()) {
            return List.of();
        }
        List<Person> operators = operators(calendars);
        Map<UUID, List<Notice>> told = handle.attach(NoticeDao.class)
                .bySubject(lasting.stream().map(LastingError::id).toList());
        Map<String, UUID> owners = owners(handle, lasting);
        calendars.read(List.copyOf(owners.values()));
        Map<String, @Nullable UUID> backups = backups(
                handle,
                lasting.stream()
                        .filter(error -> calendars
                                .active(owners.get(error.owner()))
                                .filter(owner -> calendars.misses(owner, told.getOrDefault(error.id(), List.of())))
                                .isPresent())
                        .toList());
        List<Item> items = new ArrayList<>();
        for (LastingError error : lasting) {
            List<Notice> notices = told.getOrDefault(error.id(), List.of());
            for (Person operator : operators) {
                Instant at = calendars.times(operator).nextMorning(error.lastingFrom());
                item(error, operator, at, calendars, notices, now).ifPresent(items::add);
            }
            UUID owner = owners.get(error.owner());
            if (owner != null) {
                calendars.readers(owner, backups.get(error.asset()), notices).stream()
                        .filter(reader ->
                                operators.stream().noneMatch(one -> one.id().equals(reader.id())))
                        .forEach(reader -> {
                            NoticeTimes times = calendars.times(reader);
                            Instant first = times.nextMorning(error.lastingFrom());
                            item(error, reader, times.nextMorning(first.plusSeconds(1)), calendars, notices, now)
                                    .ifPresent(items::add);
                        });
            }
        }
        return items;
    }

    private Map<String, UUID> owners(Handle handle, Collection<LastingError> lasting) {
        Map<String, UUID> owners = new HashMap<>();
        Stream<@Nullable String> addresses = lasting.stream().map(LastingError::owner);
        Batches.of(addresses.filter(Objects::nonNull).distinct().toList())
                .forEach(some ->
                        people.activeByEmail(handle, some).forEach(owner -> owners.put(owner.email(), owner.id())));
        return owners;
    }

    private Map<String, @Nullable UUID> backups(Handle handle, List<LastingError> missed) {
        Map<String, @Nullable UUID> backups = new HashMap<>();
        Batches.of(missed.stream().map(LastingError::asset).distinct().toList())
                .forEach(some ->
                        assets.listByRefs(handle, some).forEach(asset -> backups.put(asset.ref(), asset.backupId())));
        return backups;
    }

    /** The administrators, or the leads if there are none. */
    static List<Person> operators(Calendars calendars) {
        return calendars.admins().isEmpty() ? calendars.leads() : calendars.admins();
    }

    private static Optional<Item> item(
            LastingError error, Person reader, Instant at, Calendars calendars, List<Notice> notices, Instant now) {
        NoticeTimes times = calendars.times(reader);
        Told told = Told.of(notices, reader.id(), times, now);
        Rung rung = told.due(Rung.of(Topic.BLIND, at));
        if (told.was(rung) || rung.at().isAfter(now) || !times.open(now)) {
            return Optional.empty();
        }
        return Optional.of(new Item(
                reader.id(),
                Notice.CHECK,
                error.id(),
                error.about(),
                0,
                error.asset(),
                List.of(),
                rung,
                List.of(),
                true,
                Instant.MIN,
                false));
    }
}
