package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Role;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VisitsTest {
    @AutoClose
    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);

    private final TestAccounts room = new TestAccounts(test.database());
    private final List<Runnable> later = new ArrayList<>();
    private final Sessions sessions = new Sessions(room.database, room.clock, later::add);
    private String secret = "";

    @BeforeEach
    void signIn() {
        UUID person = room.database
                .inTransaction(
                        tx -> room.accounts.add(tx, "lea@example.org", "Somebody", Role.ADMIN, null, Actor.SYSTEM))
                .id();
        secret = room.database.inTransaction(tx -> sessions.open(tx, person));
    }

    @Test
    void aPageIsReadWhileSomebodyWrites() throws Exception {
        room.clock.advance(Duration.ofHours(1));
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch read = new CountDownLatch(1);
        CompletableFuture<Boolean> writer = Elsewhere.supply(() -> room.database.inTransaction(tx -> {
            writing.countDown();
            return waited(read);
        }));
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Optional<Person>> reader = Elsewhere.supply(() -> sessions.find(secret));
        assertThat(reader.get(10, TimeUnit.SECONDS)).isPresent();
        read.countDown();
        assertThat(writer.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void theRowFollowsEveryTenMinutes() {
        for (int minute = 1; minute <= 25; minute++) {
            room.clock.advance(Duration.ofMinutes(1));
            assertThat(sessions.find(secret)).isPresent();
        }
        assertThat(later).hasSize(2);
        later.forEach(Runnable::run);
        room.clock.advance(Session.IDLE.minusMinutes(4));
        assertThat(new Sessions(room.database, room.clock).find(secret)).isPresent();
    }

    @Test
    void aVisitCountsHereBeforeItIsStored() {
        room.clock.advance(Session.IDLE.minusMinutes(1));
        assertThat(sessions.find(secret)).isPresent();
        room.clock.advance(Session.IDLE.minusMinutes(1));
        assertThat(sessions.find(secret)).isPresent();
        room.clock.advance(Session.IDLE);
        assertThat(sessions.find(secret)).isEmpty();
        sessions.run(room.clock.instant());
    }
}
