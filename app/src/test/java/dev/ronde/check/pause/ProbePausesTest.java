package dev.ronde.check.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.CheckState;
import dev.ronde.check.run.CheckBench;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.Problem;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class ProbePausesTest {
    private static final String DOOR = "door-closed";
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = new TestClock();

    @AutoClose
    private final CheckBench bench;

    ProbePausesTest(DatabaseKind kind, @TempDir Path folder) {
        bench = new CheckBench(kind, folder, clock);
    }

    /** What another node on the same database would hold. */
    private ProbePauses otherNode() {
        return new ProbePauses(bench.test.database(), clock, bench.inventory.evidence, bench.schedule);
    }

    private ProbePause window(@Nullable Asset asset, @Nullable Instant from, Duration length) {
        Instant until = (from == null ? clock.instant() : from).plus(length);
        return otherNode().plan(new ProbePauses.Wanted(null, from, until, "new disks"), asset, Actor.SYSTEM);
    }

    private void expect(Asset asset, Outcome outcome, @Nullable String reason) {
        CheckState state = bench.state(asset, DOOR);
        assertThat(state.outcome()).isEqualTo(outcome);
        assertThat(state.reason()).isEqualTo(reason);
    }

    @Test
    void nothingStartsWhileEverythingIsStoppedAndAllGoesOnAfterwards() {
        Asset asset = bench.door("redis-1");
        bench.pauses.stop("something looks wrong", Actor.SYSTEM);
        bench.pauses.stop(null, Actor.SYSTEM);
        assertThat(bench.records("probing.stopped"))
                .as("stopping twice is once")
                .isEqualTo(1);
        assertThat(bench.sweep()).isEqualTo(2);
        expect(asset, Outcome.UNKNOWN, "probing-stopped");
        assertThat(bench.door.knocks()).isZero();
        clock.advance(Duration.ofSeconds(1));
        bench.pauses.resume(Actor.SYSTEM);
        assertThat(bench.pauses.stop()).isEmpty();
        assertThat(bench.records("probing.resumed")).isEqualTo(1);
        assertThat(bench.sweep()).isEqualTo(2);
        expect(asset, Outcome.PASS, null);
    }

    @Test
    void whatIsUnderWayEndsWithinASecondWhenAnotherNodeStopsIt() throws Exception {
        Asset asset = bench.door("redis-1");
        bench.door.set("redis-1", "hangs");
        CompletableFuture<Integer> sweep = Elsewhere.supply(bench::sweep);
        bench.door.awaitKnock();
        long start = System.nanoTime();
        otherNode().stop("something looks wrong", Actor.SYSTEM);
        assertThat(sweep.get(5, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(Duration.ofNanos(bench.door.letGoAt() - start)).isLessThan(Duration.ofSeconds(1));
        expect(asset, Outcome.UNKNOWN, "probing-stopped");
    }

    @Test
    void aWindowHoldsForItsAssetAndItsTime() {
        Asset asset = bench.door("redis-1");
        Asset other = bench.door("redis-2");
        ProbePause window = window(asset, null, HOUR.dividedBy(2));
        bench.sweep();
        expect(asset, Outcome.UNKNOWN, "maintenance-window");
        expect(other, Outcome.PASS, null);
        assertThat(bench.sweepAfter(HOUR.dividedBy(4))).isZero();
        assertThat(bench.sweepAfter(HOUR.dividedBy(4)))
                .as("due when the window ends, before its cadence")
                .isEqualTo(2);
        expect(asset, Outcome.PASS, null);
        assertThatThrownBy(() -> bench.pauses.end(window.id(), Actor.SYSTEM))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("has ended");
    }

    @Test
    void aWindowThatBeginsStopsWhatIsUnderWay() throws Exception {
        Asset asset = bench.door("redis-1");
        bench.door.set("redis-1", "hangs");
        window(null, clock.instant().plusSeconds(60), HOUR);
        CompletableFuture<Integer> sweep = Elsewhere.supply(bench::sweep);
        bench.door.awaitKnock();
        clock.advance(Duration.ofSeconds(61));
        sweep.get(5, TimeUnit.SECONDS);
        expect(asset, Outcome.UNKNOWN, "maintenance-window");
    }

    @Test
    void aWindowThatIsEndedEarlyLetsItsChecksRunAtOnce() {
        Asset asset = bench.door("redis-1");
        ProbePause window = window(null, null, HOUR.multipliedBy(48));
        bench.sweep();
        expect(asset, Outcome.UNKNOWN, "maintenance-window");
        clock.advance(Duration.ofSeconds(1));
        bench.pauses.end(window.id(), Actor.SYSTEM);
        assertThat(bench.sweep()).isEqualTo(2);
        expect(asset, Outcome.PASS, null);
        assertThat(bench.records("maintenance.ended")).isEqualTo(1);
    }

    @Test
    void aWindowNeedsAReasonAndAnEndToCome() {
        Instant now = clock.instant();
        assertThatThrownBy(() -> plan(now.minus(HOUR), "new disks")).hasMessageContaining("in the future");
        assertThatThrownBy(() -> plan(null, "new disks")).hasMessageContaining("Say when the window ends");
        assertThatThrownBy(() -> plan(now.plus(HOUR), " ")).hasMessageContaining("Say why");
        assertThat(bench.records("maintenance.planned")).isZero();
    }

    private void plan(@Nullable Instant until, String reason) {
        bench.pauses.plan(new ProbePauses.Wanted(null, null, until, reason), null, Actor.SYSTEM);
    }
}
