package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriteTurnTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(DatabaseKind.class)
    void onH2AnotherWriterWaitsAndAReaderDoesNot(DatabaseKind kind) throws Exception {
        try (TestDatabase fresh = TestDatabase.open(kind)) {
            Database database = fresh.database();
            CompletableFuture<Integer> writer = database.inTransaction(tx -> {
                CompletableFuture<Integer> other = Elsewhere.supply(() -> database.inTransaction(second -> 1));
                if (kind == DatabaseKind.H2) {
                    assertThat(waits(other)).isTrue();
                } else {
                    assertThat(other).succeedsWithin(PATIENCE);
                }
                assertThat(Elsewhere.supply(() -> database.read(reading -> 3))).succeedsWithin(PATIENCE);
                assertThat(database.<Integer>inTransaction(within -> 2)).isEqualTo(2);
                return other;
            });
            assertThat(writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(1);
        }
    }

    @Test
    void aFailureGivesTheTurnBack() {
        try (TestDatabase fresh = TestDatabase.open(DatabaseKind.H2)) {
            Database database = fresh.database();
            CompletableFuture<Integer> failing = Elsewhere.supply(() -> database.inTransaction(tx -> {
                throw new IllegalStateException("no");
            }));
            assertThat(failing).failsWithin(PATIENCE);
            assertThat(database.<Integer>inTransaction(tx -> 1)).isEqualTo(1);
        }
    }

    private static boolean waits(CompletableFuture<Integer> work) {
        try {
            work.get(300, TimeUnit.MILLISECONDS);
            return false;
        } catch (TimeoutException e) {
            return true;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
