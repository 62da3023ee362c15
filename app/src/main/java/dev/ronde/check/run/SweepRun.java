package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.CheckState;
import dev.ronde.check.pause.ProbePause;
import dev.ronde.check.pause.ProbePauses;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.pause.ProbePool.Underway;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.check.run.AnsweringTargets.Completion;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.platform.schedule.Claim;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One pass of a lane: what waits for its target, what is in flight, what waits to be written. Used by one thread. */
final class SweepRun {
    private static final Logger log = LoggerFactory.getLogger(SweepRun.class);

    /** Longest wait of the lane itself for a target to become free; then the row is put off. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The same in real time, for a clock that stands still or targets that are always busy. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofMinutes(5);

    private static final long FLUSH_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long ASKED_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int BATCHES_HELD = 3;

    private final CheckRunner runner;
    private final ProbePool pool;
    private final TargetLimits limits;
    private final ProbePauses pauses;
    private final InstantSource clock;
    private final int batch;
    private final Rows rows;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<Flight> flying = new ArrayList<>();
    private final LinkedBlockingQueue<Return> returns = new LinkedBlockingQueue<>();
    private final List<Completion> finished = new ArrayList<>();
    private final Object gate = new Object();
    /** Results that come in are no longer looked at; set once, under the gate. */
    private boolean over;

    private long oldestNanos;
    private long askedNanos = System.nanoTime();
    private int written;
    private int putOff;

    SweepRun(
            CheckRunner runner,
            ProbePool pool,
            TargetLimits limits,
            ProbePauses pauses,
            InstantSource clock,
            int batch,
            Rows rows) {
        this.runner = runner;
        this.pool = pool;
        this.limits = limits;
        this.pauses = pauses;
        this.clock = clock;
        this.batch = batch;
        this.rows = rows;
    }

    interface Rows {
        int write(List<Completion> all);

        /** False if others have taken the row. */
        boolean keep(Claim claim, Duration time);

        /** The asset changed since the sweep began, or its row is not due now. */
        Set<Work> outdated(List<Work> sweeps);

        void late(Work work, List<Exchange> exchanges);

        /** Others may take the row at once; what was exchanged by then stands in the probe log. */
        void giveBack(Work work, List<Exchange> exchanges);

        /** Gives back a row whose result could not be written; does nothing if it was written after all. */
        void unwritten(Completion finished);
    }

    record Work(
            Claim claim,
            CatalogueEntry entry,
            Asset asset,
            StoredInputReader.StoredInput given,
            Occurrences occurrences,
            CheckState before) {
        Completion finished(@Nullable Execution ran, @Nullable Instant nextDueAt) {
            return new Completion(claim, entry, asset, occurrences, nextDueAt, ran, before);
        }

        Completion finished(Execution ran) {
            return finished(ran, entry.outline().schedule().every() == null ? null : occurrences.next());
        }
    }

    private record Flight(
            Work work, TargetLimits.Permit permit, Instant startedAt, long deadlineNanos, Underway probe) {}

    /** Not waited for, because this process is ending or nobody wants them as they were begun. */
    private final Set<Flight> cancelled = new HashSet<>();

    private record Waiting(Work work, long sinceNanos) {}

    private record Return(Work work, Execution ran) {}

    int written() {
        return written;
    }

    int putOff() {
        return putOff;
    }

    boolean busy() {
        return !waiting.isEmpty() || !flying.isEmpty() || !finished.isEmpty();
    }

    boolean sweeping() {
        return flying.stream().anyMatch(flight -> sweeps(flight.work()));
    }

    private static boolean sweeps(Work work) {
        return work.entry().sound().filter(check -> check.probe().sweeps()).isPresent();
    }

    /** Ends sweeps and begins no more; another process or the next start begins them anew. */
    void cancelSweeps() {
        for (Iterator<Waiting> held = waiting.iterator(); held.hasNext(); ) {
            Work work = held.next().work();
            if (sweeps(work) || pool.closing()) {
                held.remove();
                rows.giveBack(work, List.of());
            }
        }
        flying.stream().filter(flight -> sweeps(flight.work())).forEach(this::cancel);
    }

    /** Asks only once a second, since a sweep takes minutes; a stale one begins anew when it is due. */
    private void cancelStale() {
        if (sweeping() && System.nanoTime() - askedNanos > ASKED_AGAIN_NANOS) {
            askedNanos = System.nanoTime();
            Set<Work> outdated = rows.outdated(
                    flying.stream().map(Flight::work).filter(SweepRun::sweeps).toList());
            flying.stream().filter(flight -> outdated.contains(flight.work())).forEach(this::cancel);
        }
    }

    private void cancel(Flight flight) {
        if (cancelled.add(flight)) {
            flight.probe().cancel();
        }
    }

    int room() {
        return batch * BATCHES_HELD - waiting.size() - flying.size();
    }

    void add(Work work) {
        if (work.occurrences().current() == null) {
            finish(work.finished(null, work.occurrences().next()));
        } else if (runner.address(work.entry(), work.asset()).isEmpty()) {
            finish(finished(work, runner.run(work.entry(), work.asset(), work.given())));
        } else {
            waiting.addLast(new Waiting(work, System.nanoTime()));
        }
        flushFull();
    }

    void advance(boolean last) {
        boolean started = startWaiting();
        boolean arrived = collect(started || (!last && room() >= batch));
        abandonOverdue();
        cancelStale();
        boolean idle = waiting.isEmpty() && flying.isEmpty();
        if (!finished.isEmpty()
                && ((last && idle) || System.nanoTime() - oldestNanos > FLUSH_AFTER_NANOS || (!arrived && idle))) {
            flush();
        }
    }

    private boolean startWaiting() {
        boolean started = false;
        for (int i = waiting.size(); i > 0; i--) {
            Waiting first = waiting.removeFirst();
            Work work = first.work();
            Optional<ProbePause> pause = pauses.holding(work.asset().id());
            if (pause.isPresent()) {
                finish(refused(work, pause.get(), clock.instant(), List.of()));
                continue;
            }
            ProbeAddress address = runner.address(work.entry(), work.asset()).orElseThrow();
            TargetLimits.Admission admission =
                    address.enter(limits, work.before().lookAgainBy());
            if (admission instanceof TargetLimits.Admission.Admitted admitted) {
                started |= start(first, admitted.permit(), address.longest());
            } else if (admission instanceof TargetLimits.Admission.Later later) {
                if (later.notBefore().isAfter(clock.instant().plus(PATIENCE))
                        || System.nanoTime() - first.sinceNanos() > PATIENCE_NANOS) {
                    putOff++;
                    finish(work.finished(null, Occurrences.stored(later.notBefore())));
                } else {
                    waiting.addLast(first);
                }
            }
        }
        return started;
    }

    private Completion refused(Work work, ProbePause pause, Instant startedAt, List<Exchange> exchanges) {
        Completion done = work.finished(runner.paused(work.entry(), work.asset(), startedAt, pause, exchanges));
        return work.finished(done.ran(), pause.again(done.nextDueAt()));
    }

    private boolean start(Waiting first, TargetLimits.Permit permit, Duration total) {
        Work work = first.work();
        boolean started = false;
        try {
            if (!sweeps(work) || rows.keep(work.claim(), total.plus(MARGIN).plus(MARGIN))) {
                long deadline = System.nanoTime() + total.plus(MARGIN).toNanos();
                Instant startedAt = clock.instant();
                Underway probe = pool.submit(work.asset().id(), () -> {
                    Execution ran = runner.probe(work.entry(), work.asset(), new CheckRunner.Admitted(permit, total));
                    permit.end(ran.timedOut());
                    onResult(new Return(work, ran));
                });
                flying.add(new Flight(work, permit, startedAt, deadline, probe));
                started = true;
            }
            return started;
        } catch (RejectedExecutionException e) {
            // the process ends
            rows.giveBack(work, List.of());
            return false;
        } catch (RuntimeException e) {
            waiting.addLast(first);
            throw e;
        } finally {
            if (!started) {
                permit.end(false);
            }
        }
    }

    private void onResult(Return arrival) {
        synchronized (gate) {
            if (!over) {
                returns.add(arrival);
                return;
            }
        }
        // it was told to end, and what it exchanged is logged all the same
        Thread.interrupted();
        rows.giveBack(arrival.work(), arrival.ran().exchanges());
    }

    /** What is in flight is cancelled and logs what it exchanged; every row is given back. */
    void end() {
        synchronized (gate) {
            over = true;
        }
        flying.forEach(flight -> flight.probe().cancel());
        boolean interrupted = Thread.interrupted();
        try {
            for (Return next = returns.poll(); next != null; next = returns.poll()) {
                rows.giveBack(next.work(), next.ran().exchanges());
            }
            finished.forEach(rows::unwritten);
            waiting.forEach(held -> rows.giveBack(held.work(), List.of()));
        } catch (RuntimeException e) {
            log.warn("checks: not every row could be given back; the leases end by themselves", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean collect(boolean hurry) {
        try {
            Return first = hurry || flying.isEmpty() ? returns.poll() : returns.poll(20, TimeUnit.MILLISECONDS);
            if (first == null && !hurry && flying.isEmpty() && !waiting.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            boolean arrived = first != null;
            for (Return next = first; next != null; next = returns.poll()) {
                complete(next);
            }
            return arrived;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the sweep was interrupted", e);
        }
    }

    private void complete(Return arrival) {
        Optional<Flight> flight = flying.stream()
                .filter(candidate ->
                        candidate.work().claim().equals(arrival.work().claim()))
                .findFirst();
        if (flight.isEmpty()) {
            rows.late(arrival.work(), arrival.ran().exchanges());
        } else {
            flying.remove(flight.get());
            boolean given = cancelled.remove(flight.get()) || (sweeps(arrival.work()) && pool.closing());
            if (given && !arrival.ran().judgement().outcome().isDecided()) {
                rows.giveBack(arrival.work(), arrival.ran().exchanges());
                return;
            }
            finish(completion(flight.get(), arrival));
            flushFull();
        }
    }

    private Completion completion(Flight flight, Return arrival) {
        Execution ran = arrival.ran();
        return flight.probe()
                .stoppedBy()
                .filter(pause -> !ran.judgement().outcome().isDecided())
                .map(pause -> refused(arrival.work(), pause, flight.startedAt(), ran.exchanges()))
                .orElseGet(() -> finished(arrival.work(), ran));
    }

    private Completion finished(Work work, Execution ran) {
        Completion done = work.finished(ran);
        Instant next = done.nextDueAt();
        Instant soon = Occurrences.stored(clock.instant().plus(SOON));
        return next != null && next.isAfter(soon) && runner.foundNobodyFree(ran) ? work.finished(ran, soon) : done;
    }

    /** Gives up a probe that ignores its own budget; what it brings later finds no flight. */
    private void abandonOverdue() {
        long now = System.nanoTime();
        for (Iterator<Flight> flights = flying.iterator(); flights.hasNext(); ) {
            Flight flight = flights.next();
            if (now - flight.deadlineNanos() > 0) {
                flights.remove();
                flight.probe().cancel();
                flight.permit().end(true);
                Work work = flight.work();
                finish(work.finished(runner.lost(work.entry(), work.asset(), flight.startedAt())));
            }
        }
    }

    private void finish(Completion done) {
        if (finished.isEmpty()) {
            oldestNanos = System.nanoTime();
        }
        finished.add(done);
    }

    private void flushFull() {
        if (finished.size() >= batch) {
            flush();
        }
    }

    private void flush() {
        written += rows.write(List.copyOf(finished));
        finished.clear();
    }
}
