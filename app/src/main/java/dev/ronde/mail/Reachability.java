package dev.ronde.mail;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.Health;
import dev.ronde.platform.db.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** People whom mail does not reach, and people who are away, for the leads. */
public record Reachability(Database database, People people, AddressHealth health, InstantSource clock) {
    /**
     * Somebody's address.
     *
     * @param since when it began; absent where only soft failures told it
     * @param untilOn the last day of an absence, where it named one
     * @param said what was reported last; empty for an absence
     */
    public record Line(
            String name,
            String address,
            String state,
            @Nullable Instant since,
            @Nullable LocalDate untilOn,
            @Nullable Instant probeAt,
            String said) {}

    List<Line> lines() {
        Instant now = clock.instant();
        LocalDate earliest = LocalTimes.dayOf(now, ZoneOffset.UTC).minusDays(1);
        return database.read(handle -> {
            List<Line> troubled = health.troubled(handle).entrySet().stream()
                    .flatMap(one ->
                            person(handle, one.getKey()).map(person -> troubled(person, one.getValue())).stream())
                    .toList();
            List<Line> away = health.absent(handle, earliest, now).stream()
                    .flatMap(absence -> person(handle, absence.personId())
                            .filter(person -> absence.covers(LocalTimes.dayOf(now, person.zone())))
                            .map(person -> new Line(
                                    person.name(),
                                    person.email(),
                                    "away",
                                    absence.notedAt(),
                                    absence.untilOn(),
                                    null,
                                    ""))
                            .stream())
                    .toList();
            return Stream.concat(troubled.stream(), away.stream())
                    .sorted(Comparator.comparing(Line::name).thenComparing(Line::state))
                    .toList();
        });
    }

    private static Line troubled(Person person, Health health) {
        return new Line(
                person.name(),
                health.address(),
                health.state().word(),
                health.firstHardAt(),
                null,
                health.nextProbeAt(),
                Objects.requireNonNullElse(health.note(), ""));
    }

    private Optional<Person> person(Handle handle, UUID id) {
        return people.find(handle, id).filter(Person::active);
    }
}
