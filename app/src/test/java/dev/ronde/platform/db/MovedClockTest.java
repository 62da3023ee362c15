package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.time.ProductClock;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.Unchecked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one database whose test clock is moved: within a transaction both agree on the time. */
final class MovedClockTest {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock wall = TestClock.at("2026-11-27T10:00:00Z");

    private Node here;
    private Node there;

    /** A process with its own connections and clock. */
    private record Node(Database database, ProductClock clock) implements AutoCloseable {
        static Node open(DatabaseUrl url, TestClock wall) {
            Node node = new Node(Database.open(url, 3), new ProductClock(wall));
            Installation.open(node.database, node.clock, Optional.of(START));
            return node;
        }

        Instant now() {
            return database.inTransaction(tx -> clock.instant());
        }

        void move(Duration step) {
            Installation.advance(database, clock, step);
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @BeforeEach
    void open() {
        DatabaseUrl url = TestDatabase.migratedUrl(DatabaseKind.POSTGRESQL);
        here = Node.open(url, wall);
        there = Node.open(url, wall);
    }

    @AfterEach
    void close() {
        here.close();
        there.close();
    }

    @Test
    void theNextTransactionOfEveryNodeSeesTheMove() {
        assertThat(here.now()).isEqualTo(START);
        there.move(HOUR);
        assertThat(here.clock().instant()).as("before it asks").isEqualTo(START);
        assertThat(here.now()).isEqualTo(START.plus(HOUR));
    }

    @Test
    void aMoveWaitsForWhatBeganBeforeIt() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CompletableFuture<Instant> work = Elsewhere.supply(() -> here.database().inTransaction(tx -> {
            began.countDown();
            Unchecked.run(() -> goOn.await(20, TimeUnit.SECONDS));
            return here.clock().instant();
        }));
        assertThat(began.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Void> move = Elsewhere.run(() -> there.move(HOUR));
        assertThatThrownBy(() -> move.get(300, TimeUnit.MILLISECONDS))
                .as("while the transaction runs")
                .isInstanceOf(TimeoutException.class);
        goOn.countDown();
        assertThat(work.get(20, TimeUnit.SECONDS)).isEqualTo(START);
        move.get(20, TimeUnit.SECONDS);
        assertThat(here.now()).isEqualTo(START.plus(HOUR));
    }

    @Test
    void aMoveDoesNotWaitForEver() throws Exception {
        CountDownLatch moved = new CountDownLatch(1);
        CompletableFuture<Boolean> stuck =
                Elsewhere.supply(() -> here.database().inTransaction(tx -> {
                    Elsewhere.run(() -> {
                        there.move(HOUR);
                        moved.countDown();
                    });
                    return Unchecked.get(() -> moved.await(30, TimeUnit.SECONDS));
                }));
        assertThat(stuck.get(40, TimeUnit.SECONDS))
                .as("moved while a transaction waited for it")
                .isTrue();
        assertThat(here.now()).isEqualTo(START.plus(HOUR));
    }

    @Test
    void movesOfTwoNodesAddUp() {
        here.move(HOUR);
        there.move(HOUR);
        assertThat(here.now()).isEqualTo(START.plus(HOUR.multipliedBy(2)));
        assertThat(there.now()).isEqualTo(here.now());
    }

    /** A command opens no installation; it only takes over the time, also where that lies in the past. */
    @Test
    void aNewClockTakesOverATimeThatLiesInThePast() {
        ProductClock command = new ProductClock(wall);
        Installation.followOffset(here.database(), command);
        assertThat(command.instant()).isEqualTo(START);
    }
}
