package dev.ronde.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.asset.TestInventory;
import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.evidence.Actor;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.mail.MailState;
import dev.ronde.mail.health.DeadAddress;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who hears in place of whom, by what was told before. */
final class ReadersTest {
    private final TestClock clock = TestClock.at("2026-03-02T08:00:00Z");
    private final Instant now = clock.instant();
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);
    private final TestInventory inventory = new TestInventory(test.database(), clock, Set.of("service.redis"));
    private final Person olga = person("olga@corp.example");
    private final Person bob = person("bob@partner.example");
    private final Person rita = person("rita@corp.example");
    private final Person lena = person("lena@corp.example");
    private final Asset asset =
            inventory.asset("db-1", "service.redis", olga.email(), Map.of(AssetField.BACKUP, bob.email()));

    @AfterEach
    void close() {
        test.close();
    }

    private Person person(String email) {
        return test.database().inTransaction(tx -> {
            Person person = inventory.people.findOrCreate(tx, email, email, Actor.SYSTEM);
            tx.createUpdate("update person set role = :role where id = :id")
                    .bind("role", email.startsWith("lena") ? "COMPLIANCE" : "OWNER")
                    .bind("id", person.id())
                    .execute();
            return inventory.people.get(tx, person.id());
        });
    }

    private void unreachable(Person person) {
        DeadAddress.of(test.database(), person, now);
    }

    private Notice notice(Person person, String rung, MailState state, int day) {
        Instant at = now.minus(Duration.ofDays(10 - day));
        return new Notice(
                UUID.randomUUID(),
                Notice.CHECK,
                asset.id(),
                "db-1 telnet-open",
                rung,
                Topic.BLIND,
                person.id(),
                at,
                state.word(),
                null,
                null,
                at,
                at);
    }

    private List<UUID> readers(List<Notice> notices) {
        return test.database()
                .read(handle -> calendars(handle).readers(olga.id(), bob.id(), notices).stream()
                        .map(Person::id)
                        .toList());
    }

    private Calendars calendars(Handle handle) {
        return new Calendars(handle, inventory.people, now);
    }

    @Test
    void nobodyHearsAnewWhatWasToldWhileMailArrived() {
        unreachable(olga);
        assertThat(readers(List.of())).containsExactly(bob.id());
        assertThat(readers(List.of(notice(olga, "blind", MailState.ACCEPTED, 1))))
                .isEmpty();
        assertThat(readers(List.of(notice(olga, "blind", MailState.BOUNCED, 1))))
                .containsExactly(bob.id());
        assertThat(readers(List.of(notice(olga, "blind", MailState.REFUSED, 1))))
                .containsExactly(bob.id());
        assertThat(readers(List.of(
                        notice(olga, "blind", MailState.BOUNCED, 1), notice(olga, "blind~2", MailState.ACCEPTED, 2))))
                .isEmpty();
    }

    private List<UUID> readersOfWaiver(List<Notice> told) {
        EndingWaiver waiver = new EndingWaiver(
                UUID.randomUUID(),
                1,
                asset.id(),
                "db-1",
                "Database",
                olga.id(),
                "telnet-open",
                rita.id(),
                LocalDate.of(2026, 4, 1),
                now,
                1);
        return test.database().read(handle -> {
            Collection<Person> readers =
                    WaiverItems.readers(waiver, Map.of(asset.id(), asset), calendars(handle), told);
            return readers.stream().map(Person::id).toList();
        });
    }

    /** A backup owner backs up the owner, not who asked for a waiver; leads hear where mail reaches neither. */
    @Test
    void theBackupOwnerStandsInForTheOwnerAlone() {
        assertThat(readersOfWaiver(List.of())).containsExactly(olga.id(), rita.id());
        unreachable(rita);
        assertThat(readersOfWaiver(List.of())).containsExactly(olga.id());
        unreachable(olga);
        assertThat(readersOfWaiver(List.of())).containsExactly(bob.id());
        unreachable(bob);
        assertThat(readersOfWaiver(List.of())).containsExactly(lena.id());
    }
}
