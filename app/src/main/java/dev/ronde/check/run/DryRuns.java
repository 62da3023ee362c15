package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.check.CheckSources;
import dev.ronde.check.log.ProbeLog;
import dev.ronde.check.pause.ProbePause;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs a check on an asset without recording a result: no run, no finding, no evidence, nothing that anybody is told. Both keys, the
 * limits towards targets and the stop of all probes hold as for every run, and what went over the wire stands in the probe log.
 */
public final class DryRuns {
    /** How long a person who clicked waits for a target to become free. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** How long a person who clicked waits for a sweep; what is missing by then is named as not looked at. */
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final Database database;
    private final InstantSource clock;
    private final StoredInputReader given;
    private final CheckRunner runner;
    private final Probing probing;

    public DryRuns(Database database, InstantSource clock, CheckSources sources, CheckRunner runner, Probing probing) {
        this.database = database;
        this.clock = clock;
        this.given = new StoredInputReader(sources);
        this.runner = runner;
        this.probing = probing;
    }

    /**
     * Runs the check now and waits for what it brings.
     *
     * @throws Problem 429 where its target has to be left alone at the moment
     */
    public Execution run(CatalogueEntry entry, Asset asset) {
        Optional<ProbeAddress> address = runner.address(entry, asset);
        if (address.isEmpty()) {
            StoredInputReader.Pair pair = new StoredInputReader.Pair(asset.id(), entry.id());
            return runner.run(entry, asset, database.read(handle -> given.of(handle, pair)));
        }
        Optional<ProbePause> pause = probing.pauses().holding(asset.id());
        if (pause.isPresent()) {
            return runner.paused(entry, asset, clock.instant(), pause.get(), List.of());
        }
        TargetLimits.Permit permit = permit(address.get().within(SWEEP.plus(MARGIN)));
        Execution ran = probe(entry, asset, permit, address.get().longest());
        return database.inTransaction(tx -> {
            ProbeLog.writeLoose(tx, clock, asset.id(), entry.id(), ran.exchanges());
            return new AnsweringTargets(runner).judged(tx, entry, asset, ran);
        });
    }

    private TargetLimits.Permit permit(ProbeAddress address) {
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            TargetLimits.Admission admission = address.enter(probing.limits(), Instant.MAX);
            if (admission instanceof TargetLimits.Admission.Admitted admitted) {
                return admitted.permit();
            }
            TargetLimits.Admission.Later later = (TargetLimits.Admission.Later) admission;
            Instant now = clock.instant();
            if (later.notBefore().isAfter(now.plus(PATIENCE)) || System.nanoTime() > giveUpAt) {
                throw Problem.tooMany(Duration.between(now, later.free()));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private Execution probe(CatalogueEntry entry, Asset asset, TargetLimits.Permit permit, Duration longest) {
        Instant startedAt = clock.instant();
        CompletableFuture<Execution> done = new CompletableFuture<>();
        ProbePool.Underway underway = probing.pool().submit(asset.id(), () -> {
            try {
                done.complete(runner.probe(entry, asset, new CheckRunner.Admitted(permit, SWEEP)));
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        Duration one = entry.sound().orElseThrow().probe().limits().total();
        Duration total = longest.compareTo(one) > 0 ? SWEEP.plus(one) : one;
        Execution ran;
        try {
            ran = done.get(total.plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            underway.cancel();
            ran = runner.lost(entry, asset, startedAt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            underway.cancel();
            ran = runner.lost(entry, asset, startedAt);
        } catch (ExecutionException e) {
            permit.end(false);
            throw new IllegalStateException("the dry run broke", e);
        }
        permit.end(ran.timedOut());
        Execution brought = ran;
        return underway.stoppedBy()
                .filter(pause -> !brought.judgement().outcome().isDecided())
                .map(pause -> runner.paused(entry, asset, startedAt, pause, brought.exchanges()))
                .orElse(brought);
    }
}
