package dev.ronde.platform.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

@OnBothDatabases
final class AllowancesTest {
    private static final Allowance THREE = new Allowance(3, Duration.ofMinutes(1));

    @AutoClose
    private final TestDatabase test;

    private final TestClock clock = new TestClock();
    private final Allowances one;
    private final Allowances another;

    AllowancesTest(DatabaseKind kind) {
        test = TestDatabase.open(kind);
        one = new Allowances(test.database(), clock);
        another = new Allowances(test.database(), clock);
    }

    @Test
    void twoNodesShareOneAllowance() {
        assertThat(one.take("ann", THREE)).isEmpty();
        assertThat(another.take("ann", THREE)).isEmpty();
        assertThat(one.take("ann", THREE)).isEmpty();
        assertThat(another.take("ann", THREE)).contains(Duration.ofMinutes(1));
        assertThat(one.take("bob", THREE)).isEmpty();
        clock.advance(Duration.ofSeconds(40));
        assertThat(one.take("ann", THREE)).contains(Duration.ofSeconds(20));
        clock.advance(Duration.ofSeconds(20));
        assertThat(another.take("ann", THREE)).isEmpty();
        assertThat(one.take("ann", THREE)).isPresent();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        IntStream.range(0, 3)
                .forEach(index -> assertThat(one.take("ann", THREE)).isEmpty());
        another.giveBack("ann", THREE);
        assertThat(one.take("ann", THREE)).isEmpty();
        assertThat(one.take("ann", THREE)).isPresent();
    }

    @Test
    void manyAtTheSameMomentGetNoMoreThanThereIs() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> attempt = () -> one.take("ann", THREE).isEmpty();
            int taken = 0;
            for (Future<Boolean> future :
                    pool.invokeAll(List.of(attempt, attempt, attempt, attempt, attempt, attempt, attempt, attempt))) {
                taken += future.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(3);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void whatIsPaidIsForgotten() {
        one.take("ann", THREE);
        assertThat(one.run(clock.instant())).isZero();
        clock.advance(Duration.ofMinutes(2));
        assertThat(one.run(clock.instant())).isEqualTo(1);
        assertThat(one.run(clock.instant())).isZero();
    }
}
