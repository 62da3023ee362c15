package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.check.CheckSources;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.log.ProbeLog;
import dev.ronde.check.pause.ProbePauses;
import dev.ronde.check.pause.ProbePool;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.TargetLimits;
import dev.ronde.check.run.AnsweringTargets.Completion;
import dev.ronde.check.run.StoredInputReader.StoredInput;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.Dialect;
import dev.ronde.platform.schedule.Claim;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.platform.schedule.Lane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lane that runs checks: claims due rows in batches, runs them outside of transactions, and writes results in batches. Silent
 * targets hold a place among the probes in flight, never the batch; and while sweeps over ports are in flight, which take minutes, it goes
 * on taking what becomes due.
 */
public final class CheckSweep implements Lane, SweepRun.Rows {
    private static final Logger log = LoggerFactory.getLogger(CheckSweep.class);
    private static final Duration LEASE = Duration.ofMinutes(5);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int BATCH_POSTGRESQL = 500;
    private static final int BATCH_H2 = 100;

    private final Database database;
    private final InstantSource clock;
    private final CheckSources sources;
    private final StoredInputReader given;
    private final CheckSchedule schedule;
    private final DueTable due;
    private final CheckRunner runner;
    private final RunWriter writer;
    private final ProbePool pool;
    private final TargetLimits limits;
    private final ProbePauses pauses;

    public CheckSweep(
            Database database,
            InstantSource clock,
            CheckSources sources,
            CheckSchedule schedule,
            CheckRunner runner,
            RunWriter writer,
            Probing probing) {
        this.database = database;
        this.clock = clock;
        this.sources = sources;
        this.given = new StoredInputReader(sources);
        this.due = new DueTable(database, clock);
        this.schedule = schedule;
        this.runner = runner;
        this.writer = writer;
        this.pool = probing.pool();
        this.limits = probing.limits();
        this.pauses = probing.pauses();
    }

    @Override
    public String name() {
        return "checks";
    }

    @Override
    public int sweep(Instant now, BooleanSupplier goOn) {
        if (isOther()) {
            return 0;
        }
        schedule.planLeft();
        return sweep(now, goOn, true);
    }

    private boolean isOther() {
        return database.read(schedule.inForce()::isOther);
    }

    /** Like {@link #sweep}, but takes nothing that becomes due while it runs. */
    int sweepOnce(Instant now, BooleanSupplier goOn) {
        return sweep(now, goOn, false);
    }

    private int sweep(Instant now, BooleanSupplier goOn, boolean again) {
        int batch = database.dialect() == Dialect.POSTGRESQL ? BATCH_POSTGRESQL : BATCH_H2;
        SweepRun run = new SweepRun(runner, pool, limits, pauses, clock, batch, this);
        Instant at = now;
        boolean stopped = false;
        boolean more = true;
        long askedNanos = System.nanoTime();
        try {
            while (more || run.busy()) {
                stopped = stopped || closing() || !goOn.getAsBoolean();
                if (stopped) {
                    more = false;
                    run.cancelSweeps();
                } else if (again && !more && run.sweeping() && System.nanoTime() - askedNanos > AGAIN_NANOS) {
                    at = clock.instant();
                    more = true;
                }
                if (more && run.room() >= batch) {
                    askedNanos = System.nanoTime();
                    List<Claim> claims = due.claim(CheckSchedule.KIND, at, batch, LEASE);
                    more = !claims.isEmpty();
                    prepare(claims, at).forEach(run::add);
                }
                run.advance(!more);
            }
        } finally {
            run.end();
        }
        if (run.written() > 0) {
            log.info("checks: {} occurrences recorded, {} put off", run.written(), run.putOff());
        }
        limits.tidy();
        return run.written();
    }

    /**
     * Judges one check that sends no packet now, where it is due. Where another pass of the sweep has it in hand already, that one judges
     * it within moments; where it cannot be judged now, the next one does.
     */
    public void judge(UUID asset, String check) {
        if (isOther()) {
            return;
        }
        Instant now = clock.instant();
        try {
            due.claim(CheckSchedule.key(asset, check), now, LEASE).ifPresent(claim -> judge(claim, now));
        } catch (RuntimeException e) {
            log.error("check {} cannot be judged now, the next sweep does it", check, e);
        }
    }

    private void judge(Claim claim, Instant now) {
        try {
            writer.write(prepare(List.of(claim), now).stream()
                    .map(work -> work.finished(runner.run(work.entry(), work.asset(), work.given())))
                    .toList());
        } catch (RuntimeException e) {
            database.useTransaction(tx -> due.release(tx, claim));
            throw e;
        }
    }

    boolean closing() {
        return pool.closing();
    }

    @Override
    public int write(List<Completion> all) {
        return writer.write(all);
    }

    @Override
    public boolean keep(Claim claim, Duration time) {
        return database.inTransaction(
                tx -> due.extend(tx, claim, clock.instant().plus(time)));
    }

    @Override
    public Set<SweepRun.Work> outdated(List<SweepRun.Work> sweeps) {
        Instant now = clock.instant();
        return database.read(handle -> {
            Map<UUID, Asset> found = sources.assets()
                    .byIds(
                            handle,
                            sweeps.stream().map(work -> work.asset().id()).collect(Collectors.toSet()));
            return sweeps.stream()
                    .filter(work -> {
                        Asset asset = found.get(work.asset().id());
                        return asset == null
                                || !asset.active()
                                || !runner.looksAtTheSame(work.entry(), work.asset(), asset)
                                || !schedule.isWanted(handle, work.claim(), now);
                    })
                    .collect(Collectors.toSet());
        });
    }

    @Override
    public void late(SweepRun.Work work, List<Exchange> exchanges) {
        database.useTransaction(tx ->
                ProbeLog.writeLoose(tx, clock, work.asset().id(), work.entry().id(), exchanges));
    }

    @Override
    public void giveBack(SweepRun.Work work, List<Exchange> exchanges) {
        database.useTransaction(tx -> {
            ProbeLog.writeLoose(tx, clock, work.asset().id(), work.entry().id(), exchanges);
            due.release(tx, work.claim());
        });
    }

    @Override
    public void unwritten(Completion finished) {
        Execution ran = finished.ran();
        database.useTransaction(tx -> {
            if (due.release(tx, finished.claim()) && ran != null) {
                ProbeLog.writeLoose(
                        tx, clock, finished.asset().id(), finished.entry().id(), ran.exchanges());
            }
        });
    }

    private List<SweepRun.Work> prepare(List<Claim> claims, Instant now) {
        if (claims.isEmpty()) {
            return List.of();
        }
        List<Claim> orphans = new ArrayList<>();
        List<SweepRun.Work> works = database.read(handle -> read(handle, claims, now, orphans));
        if (!orphans.isEmpty()) {
            database.useTransaction(tx -> orphans.forEach(claim -> due.remove(tx, claim.key())));
        }
        return works;
    }

    private List<SweepRun.Work> read(Handle handle, List<Claim> claims, Instant now, List<Claim> orphans) {
        Set<UUID> ids = new LinkedHashSet<>();
        claims.forEach(claim -> ids.add(claim.key().subjectId()));
        Map<UUID, Asset> found = sources.assets().byIds(handle, ids);
        Map<UUID, Map<String, CheckState>> states = new HashMap<>();
        handle.attach(CheckStateDao.class)
                .listAll(ids)
                .forEach(state -> states.computeIfAbsent(state.assetId(), id -> new HashMap<>())
                        .put(state.checkId(), state));
        Map<StoredInputReader.Pair, StoredInput> stored =
                given.of(handle, claims.stream().map(CheckSweep::pair).toList());
        List<SweepRun.Work> works = new ArrayList<>();
        for (Claim claim : claims) {
            UUID assetId = claim.key().subjectId();
            String checkId = claim.key().refId();
            Asset asset = found.get(assetId);
            Optional<CatalogueEntry> entry = sources.catalogue().find(checkId);
            CheckState before = states.getOrDefault(assetId, Map.of()).get(checkId);
            if (asset == null || !asset.active() || entry.isEmpty() || before == null) {
                orphans.add(claim);
                continue;
            }
            works.add(new SweepRun.Work(
                    claim,
                    entry.get(),
                    asset,
                    stored.getOrDefault(pair(claim), StoredInput.NOTHING),
                    occurrences(claim, entry.get(), now),
                    before));
        }
        return works;
    }

    private static StoredInputReader.Pair pair(Claim claim) {
        return new StoredInputReader.Pair(claim.key().subjectId(), claim.key().refId());
    }

    private static Occurrences occurrences(Claim claim, CatalogueEntry entry, Instant now) {
        CheckDefinition.Schedule schedule = entry.outline().schedule();
        return schedule.every() == null
                ? new Occurrences(List.of(), claim.dueAt(), claim.dueAt())
                : Occurrences.of(
                        claim.dueAt(),
                        Occurrences.interval(schedule.every(), claim.key().subjectId()),
                        now);
    }
}
