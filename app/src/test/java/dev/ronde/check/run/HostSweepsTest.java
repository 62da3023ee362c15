package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.Saying;
import dev.ronde.check.CheckState;
import dev.ronde.check.agent.RemoteVantage;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.check.run.AnsweringTargets.Completion;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.schedule.Claim;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestClock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps over the ports of hosts as the lane has them in hand. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class HostSweepsTest {
    private static final String CHECK = "declared-port-exposure";
    private static final String ADDRESS = "127.77.0.1";

    private final TestClock clock = new TestClock();

    @AutoClose
    private final CheckBench bench;

    HostSweepsTest(DatabaseKind kind, @TempDir Path folder) {
        bench = CheckBench.outside(kind, folder, clock);
    }

    private Asset host() {
        return bench.inventory.asset("host-1", "host.public", "owner@example.com", Map.of(AssetField.ADDRESS, ADDRESS));
    }

    private List<Claim> claims() {
        return bench.due.claim(CheckSchedule.KIND, clock.instant(), 100, Duration.ofMinutes(5)).stream()
                .filter(claim -> claim.key().refId().equals(CHECK))
                .toList();
    }

    private SweepRun.Work work(Asset host) {
        Claim claim = claims().get(0);
        return new SweepRun.Work(
                claim,
                bench.catalogue.find(CHECK).orElseThrow(),
                host,
                StoredInputReader.StoredInput.NOTHING,
                Occurrences.of(claim.dueAt(), Duration.ofDays(1), clock.instant()),
                bench.state(host, CHECK));
    }

    private boolean free() {
        return bench.limits.enterSweep(ADDRESS, Duration.ofMinutes(15), true, Instant.MAX)
                instanceof TargetLimits.Admission.Admitted;
    }

    private long logged(int port) {
        return Sql.number(
                bench.test.database(), "select count(*) from probe_log where remote_port = :port", "port", port);
    }

    /** A look at port 2 that goes on until it is interrupted. */
    private ProbeResult hang(ProbeTarget target, CountDownLatch reached) {
        if (target.port() == 2) {
            reached.countDown();
            try {
                TimeUnit.SECONDS.sleep(30);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return CheckBench.Ports.seen(target, "refused");
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHostIsFreeAgainWhereItsRowCannotBeKept() {
        Asset host = host();
        SweepRun run = new SweepRun(bench.runner, bench.pool, bench.limits, bench.pauses, clock, 10, broken());
        run.add(work(host));
        assertThatThrownBy(() -> run.advance(true)).hasMessage("no database");
        assertThat(free()).isTrue();
        assertThat(bench.ports.looks()).isZero();
    }

    /** Rows of a database that is gone. */
    private static SweepRun.Rows broken() {
        return (SweepRun.Rows) Proxy.newProxyInstance(
                SweepRun.Rows.class.getClassLoader(),
                new Class<?>[] {SweepRun.Rows.class},
                (rows, method, arguments) -> {
                    throw new IllegalStateException("no database");
                });
    }

    @Test
    void aHostWhoseRowOthersHaveTakenIsTheirs() throws Exception {
        host();
        TargetLimits.Permit other = ((TargetLimits.Admission.Admitted)
                        bench.limits.enterSweep(ADDRESS, Duration.ofMinutes(15), true, Instant.MAX))
                .permit();
        CompletableFuture<Integer> lane = Elsewhere.supply(bench::sweep);
        List<Claim> taken = List.of();
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                taken.isEmpty() && System.nanoTime() < end; ) {
            TimeUnit.MILLISECONDS.sleep(50);
            if (bench.read(handle -> bench.due.isLeased(
                    handle,
                    new dev.ronde.platform.schedule.DueKey(
                            bench.inventory.assets.get(handle, "host-1").id(), CheckSchedule.KIND, CHECK),
                    clock.instant()))) {
                clock.advance(Duration.ofMinutes(6));
                taken = claims();
            }
        }
        assertThat(taken).hasSize(1);
        other.end(false);
        lane.get(20, TimeUnit.SECONDS);
        assertThat(bench.ports.looks()).isZero();
        assertThat(free()).isTrue();
    }

    @Test
    void aLaneThatBreaksEndsItsSweepsAndLogsWhatTheyExchanged() throws Exception {
        host();
        CountDownLatch reached = new CountDownLatch(1);
        bench.ports.set(target -> hang(target, reached));
        bench.writer.addListener((tx, batch) -> {
            throw new IllegalStateException("no database");
        });
        CompletableFuture<Integer> lane = Elsewhere.supply(bench::sweep);
        await(reached);
        bench.door("redis-1");
        assertThatThrownBy(() -> lane.get(20, TimeUnit.SECONDS)).hasMessageContaining("no database");
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5); logged(1) == 0 && System.nanoTime() < end; ) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(logged(1)).isEqualTo(1);
        assertThat(logged(2)).isEqualTo(1);
        assertThat(free()).isTrue();
        assertThat(claims()).as("others may take it").hasSize(1);
    }

    private static TestJob job() {
        return new TestJob("{'asset':'host-1','check':'" + CHECK + "'}");
    }

    private void run(TestJob job) {
        new RunJob(bench.test.database(), clock, bench.inventory.assets, bench.schedule, bench.sweep).run(job);
    }

    private Instant dueAt(Asset host) {
        return bench.read(handle -> bench.due.dueOf(handle, host.id(), CheckSchedule.KIND))
                .get(CHECK);
    }

    @Test
    void whatTheLimitsPutOffIsNotAskedForAgainBefore() throws Exception {
        Asset host = bench.inventory.asset(
                "host-1", "host.public", "owner@example.com", Map.of(AssetField.ADDRESS, "192.0.2.7"));
        assertThat(bench.limits.enterSweep("192.0.2.7", Duration.ofMinutes(15), true, Instant.MAX))
                .isInstanceOf(TargetLimits.Admission.Admitted.class);
        TestJob job = job();
        Elsewhere.run(() -> run(job)).get(15, TimeUnit.SECONDS);
        assertThat(job.failed).as("it has no result yet").isEqualTo(1);
        assertThat(dueAt(host)).isEqualTo(clock.instant().plusSeconds(30));
        assertThat(bench.ports.looks()).isZero();
    }

    /** A look at a port until the latch is down, as long as the first one; later ones do not wait. */
    private void hangOnce(CountDownLatch reached) {
        bench.ports.set(
                target -> reached.getCount() > 0 ? hang(target, reached) : CheckBench.Ports.seen(target, "refused"));
    }

    /** A lane that looks at port 2 until it is interrupted. */
    private CompletableFuture<Integer> lane() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        hangOnce(reached);
        CompletableFuture<Integer> lane = Elsewhere.supply(bench::sweep);
        await(reached);
        return lane;
    }

    /** What somebody asked for and took back is due when it was due before, and nobody begins it again until then. */
    @Test
    void aCancelledRunIsDueWhenItWasDueBefore() throws Exception {
        Asset host = host();
        bench.sweep();
        Instant before = dueAt(host);
        assertThat(before).isAfter(clock.instant());
        clock.advance(Duration.ofMinutes(1));
        CountDownLatch reached = new CountDownLatch(1);
        hangOnce(reached);
        TestJob job = job();
        CompletableFuture<Void> done = Elsewhere.run(() -> run(job));
        await(reached);
        job.cancelled = true;
        done.get(15, TimeUnit.SECONDS);
        assertThat(dueAt(host)).isEqualTo(before);
        assertThat(claims()).isEmpty();
        assertThat(logged(1)).as("what was exchanged, of both").isEqualTo(2);
        assertThat(free()).isTrue();
        assertThat(bench.state(host, CHECK).finishedAt()).isBefore(clock.instant());
    }

    /** A lane that took what the job made due ends it as well. */
    @Test
    void aLaneEndsWhatNobodyWantsAnyMore() throws Exception {
        Asset host = host();
        bench.sweep();
        Instant before = dueAt(host);
        CheckState state = bench.state(host, CHECK);
        clock.advance(Duration.ofMinutes(1));
        bench.test.database().useTransaction(tx -> bench.schedule.dueNow(tx, List.of(state), clock.instant()));
        CompletableFuture<Integer> lane = lane();
        bench.test.database().useTransaction(tx -> bench.schedule.takeBack(tx, state, clock.instant(), before));
        assertThat(lane.get(10, TimeUnit.SECONDS)).as("no result").isZero();
        assertThat(dueAt(host)).isEqualTo(before);
        assertThat(bench.state(host, CHECK)).isEqualTo(state);
    }

    /** What is said of an asset while its host is swept holds for the rest of it: the old address is looked at no more. */
    @Test
    void aSweepOfWhatHasChangedIsBegunAnew() throws Exception {
        Asset host = host();
        CompletableFuture<Integer> lane = lane();
        bench.update(host, AssetField.ADDRESS, "127.77.0.2");
        lane.get(10, TimeUnit.SECONDS);
        bench.sweep();
        assertThat(bench.ports.looks())
                .as("two of the old address, three of the new one")
                .isEqualTo(5);
        assertThat(bench.state(host, CHECK).reason()).isEqualTo(CheckState.TARGET_NEVER_SEEN);
        assertThat(logged(1)).isEqualTo(2);
        assertThat(logged(3)).isEqualTo(1);
    }

    @Test
    void aSweepOfARetiredHostEnds() throws Exception {
        Asset host = host();
        CompletableFuture<Integer> lane = lane();
        bench.test.database().useTransaction(tx -> bench.inventory.assets.retire(tx, host, Actor.SYSTEM));
        lane.get(10, TimeUnit.SECONDS);
        assertThat(bench.ports.looks()).isEqualTo(2);
        assertThat(logged(1)).isEqualTo(1);
    }

    @Test
    void aSweepOfAHostThatMayNoLongerBeProbedEnds() throws Exception {
        Asset host = bench.update(host(), AssetField.PROBE_AUTHORISED_UNTIL, LocalDate.of(2030, 1, 1));
        CompletableFuture<Integer> lane = lane();
        bench.update(host, AssetField.PROBE_AUTHORISED_UNTIL, null);
        lane.get(10, TimeUnit.SECONDS);
        assertThat(bench.ports.looks()).isEqualTo(2);
    }

    /** Without anybody outside it waits for the next day, or for somebody to appear; with somebody who is busy it is tried again soon. */
    @Test
    void whatAnAgentIsTooBusyForIsTriedAgainSoon() throws Exception {
        Asset host = host();
        for (boolean there : List.of(true, false)) {
            RemoteVantage agent = new RemoteVantage() {
                @Override
                public boolean available(String zone) {
                    return there;
                }

                @Override
                public ProbeResult collect(String zone, Errand errand, ProbeTarget target, ProbeLimits limits) {
                    return ProbeResult.failed(ProbeFailure.NO_VANTAGE, Saying.NO_AGENT, "external");
                }
            };
            CheckRunner inside = new CheckRunner(
                    clock,
                    List.of(bench.ports),
                    List.of(),
                    new OwnVantage("internal", ZoneOffset.UTC, Map.of()),
                    agent,
                    bench.catalogue::unknownProduct);
            Kept kept = new Kept();
            SweepRun run = new SweepRun(inside, bench.pool, bench.limits, bench.pauses, clock, 1, kept);
            SweepRun.Work work = work(host);
            run.add(work);
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
                    kept.all.isEmpty() && System.nanoTime() < end; ) {
                run.advance(true);
            }
            assertThat(kept.all).hasSize(1);
            assertThat(kept.all.get(0).ran().judgement().reason()).isEqualTo("no-vantage");
            assertThat(kept.all.get(0).nextDueAt())
                    .isEqualTo(
                            there
                                    ? clock.instant().plus(Duration.ofMinutes(5))
                                    : work.occurrences().next());
            bench.test.database().useTransaction(tx -> bench.due.release(tx, work.claim()));
        }
        assertThat(bench.ports.looks()).isZero();
    }

    /** Keeps what would be written. */
    private static final class Kept implements SweepRun.Rows {
        private final List<Completion> all = new ArrayList<>();

        @Override
        public int write(List<Completion> batch) {
            all.addAll(batch);
            return batch.size();
        }

        @Override
        public boolean keep(Claim claim, Duration time) {
            return true;
        }

        @Override
        public Set<SweepRun.Work> outdated(List<SweepRun.Work> sweeps) {
            return Set.of();
        }

        @Override
        public void late(SweepRun.Work work, List<Exchange> exchanges) {
            throw new IllegalStateException("late");
        }

        @Override
        public void giveBack(SweepRun.Work work, List<Exchange> exchanges) {
            throw new IllegalStateException("given back");
        }

        @Override
        public void unwritten(Completion finished) {
            throw new IllegalStateException("unwritten");
        }
    }

    @Test
    void aProcessThatEndsBeginsNothing() throws Exception {
        host();
        CountDownLatch reached = new CountDownLatch(1);
        bench.ports.set(target -> hang(target, reached));
        TestJob job = job();
        CompletableFuture<Void> done = Elsewhere.run(() -> run(job));
        await(reached);
        bench.pool.close();
        done.get(15, TimeUnit.SECONDS);
        assertThat(bench.ports.looks()).isEqualTo(2);
        assertThat(logged(1)).isEqualTo(1);
        assertThat(claims()).as("the next start takes it").hasSize(1);
    }
}
