package dev.ronde.check.run;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.catalogue.Outcome;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.job.JobKind;
import dev.ronde.platform.job.JobRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Runs checks now because a person asked: makes their rows due and takes part in the sweep until each has a result. The ordinary
 * limits towards targets hold.
 */
public record RunJob(Database database, InstantSource clock, Assets assets, CheckSchedule schedule, CheckSweep sweep)
        implements JobKind {
    public static final String NAME = "check-runs";

    private static final Logger log = LoggerFactory.getLogger(RunJob.class);
    private static final int CHUNK = 500;
    /** A target that is left alone after many timeouts is not waited for longer than this. */
    private static final Duration STANDSTILL = Duration.ofSeconds(60);

    private static final UUID FIRST = new UUID(0, 0);

    /**
     * What to run.
     *
     * @param asset ref of the asset, null for all
     * @param check id of the check, null for all
     * @param picked refs of several assets; empty does not narrow
     */
    public record Params(@Nullable String asset, @Nullable String check, List<String> picked) {
        public Params {
            picked = List.copyOf(picked);
        }

        /** Null means all assets or all checks. */
        public Params(@Nullable String asset, @Nullable String check) {
            this(asset, check, List.of());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(JobRun run) {
        String ref = run.params().path("asset").asString("");
        String check = run.params().path("check").asString("");
        Optional<Asset> asset =
                ref.isEmpty() ? Optional.empty() : Optional.of(database.read(handle -> assets.get(handle, ref)));
        Instant requestedAt = Occurrences.stored(clock.instant());
        List<CheckState> pairs = run.params().path("picked").isEmpty()
                ? pairs(asset.map(Asset::id).orElse(null), check.isEmpty() ? null : check)
                : picked(run.params().path("picked"));
        run.result("/checks/runs" + asset.map(found -> "?asset=" + found.ref()).orElse(""));
        RunProgress progress = new RunProgress(database, run, pairs, requestedAt, System::nanoTime);
        List<CheckState> open = pairs;
        long progressNanos = System.nanoTime();
        Map<CheckState, Instant> dueBefore = makeDue(open, requestedAt);
        Map<CheckState, Instant> later = new HashMap<>();
        while (!open.isEmpty()
                && !run.cancelled()
                && !sweep.closing()
                && System.nanoTime() - progressNanos < STANDSTILL.toNanos()) {
            int done = sweep.sweepOnce(clock.instant(), progress::goOn);
            int before = open.size();
            open = progress.unfinished(open);
            Map<CheckState, Instant> waiting = putOff(open);
            // not what another sweep has finished in between
            waiting.keySet().retainAll(progress.unfinished(List.copyOf(waiting.keySet())));
            later.putAll(waiting);
            open = open.stream().filter(pair -> !later.containsKey(pair)).toList();
            progressNanos = open.size() < before || underway(open) ? System.nanoTime() : progressNanos;
            progress.left(open, later.size());
            if (done == 0 && !open.isEmpty()) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
        if (run.cancelled()) {
            takeBack(open, later, requestedAt, dueBefore);
        }
        later.forEach((pair, until) ->
                log.info("check {} is put off until {} by the limits towards its target", pair.checkId(), until));
        Set<CheckState> left = new HashSet<>(open);
        left.addAll(later.keySet());
        long errors = errors(pairs.stream().filter(pair -> !left.contains(pair)).toList());
        run.failed(run.cancelled() ? errors : errors + left.size());
    }

    private List<CheckState> picked(JsonNode refs) {
        List<UUID> ids = database.read(handle -> refs.valueStream()
                .flatMap(ref -> assets.find(handle, ref.asString("")).stream())
                .map(Asset::id)
                .toList());
        return ids.isEmpty()
                ? List.of()
                : database.read(handle -> handle.attach(CheckStateDao.class).listAll(ids));
    }

    private List<CheckState> pairs(@Nullable UUID assetId, @Nullable String checkId) {
        List<CheckState> pairs = new ArrayList<>();
        UUID afterAsset = FIRST;
        String afterCheck = "";
        while (true) {
            UUID fromAsset = afterAsset;
            String fromCheck = afterCheck;
            List<CheckState> page = database.read(handle ->
                    handle.attach(CheckStateDao.class).listMatching(assetId, checkId, fromAsset, fromCheck, CHUNK));
            if (page.isEmpty()) {
                return pairs;
            }
            pairs.addAll(page);
            afterAsset = page.get(page.size() - 1).assetId();
            afterCheck = page.get(page.size() - 1).checkId();
        }
    }

    private Map<CheckState, Instant> makeDue(List<CheckState> pairs, Instant at) {
        Map<CheckState, Instant> before = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += CHUNK) {
            List<CheckState> chunk = pairs.subList(i, Math.min(i + CHUNK, pairs.size()));
            database.useTransaction(tx -> {
                before.putAll(schedule.dueAt(tx, chunk));
                schedule.dueNow(tx, chunk, at);
            });
        }
        return before;
    }

    /** Pairs that a cancelled job did not reach, or put off, get their old due time back. */
    private void takeBack(
            List<CheckState> open,
            Map<CheckState, Instant> later,
            Instant requestedAt,
            Map<CheckState, Instant> dueBefore) {
        Map<CheckState, Instant> made = new HashMap<>(later);
        open.forEach(pair -> made.put(pair, requestedAt));
        database.useTransaction(tx -> made.forEach((pair, at) -> schedule.takeBack(tx, pair, at, dueBefore.get(pair))));
    }

    /** Pairs that target limits put off run later by themselves; asking again before changes nothing. */
    private Map<CheckState, Instant> putOff(List<CheckState> open) {
        Instant now = clock.instant();
        Map<CheckState, Instant> later = new HashMap<>(database.read(handle -> schedule.dueAt(handle, open)));
        later.values().removeIf(at -> !at.isAfter(now));
        return later;
    }

    /** A sweep in a lane takes minutes, so it is not a standstill. */
    private boolean underway(List<CheckState> open) {
        Instant now = clock.instant();
        return database.read(handle -> open.stream().anyMatch(pair -> schedule.isUnderway(handle, pair, now)));
    }

    private long errors(List<CheckState> pairs) {
        return database.read(handle -> {
            CheckStateDao dao = handle.attach(CheckStateDao.class);
            return pairs.stream()
                    .flatMap(pair -> dao.find(pair.assetId(), pair.checkId()).stream())
                    .filter(state -> state.runId() != null && state.outcome() == Outcome.ERROR)
                    .count();
        });
    }

    /**
     * Tells how far a run that a person asked for has come, while the sweep is at it, and whether it is to go on. It asks once a second.
     */
    static final class RunProgress {
        private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

        private final Database database;
        private final JobRun run;
        private final Instant requestedAt;
        private final long total;
        private final LongSupplier nanos;
        private List<CheckState> open;
        private long putOff;
        private long nextNanos;

        RunProgress(Database database, JobRun run, List<CheckState> pairs, Instant requestedAt, LongSupplier nanos) {
            this.database = database;
            this.run = run;
            this.requestedAt = requestedAt;
            this.total = pairs.size();
            this.nanos = nanos;
            this.open = pairs;
            this.nextNanos = nanos.getAsLong() + EVERY_NANOS;
            run.progress(0, total);
        }

        /** {@code later} is how many of them are put off. */
        void left(List<CheckState> pairs, long later) {
            open = pairs;
            putOff = later;
            tell();
        }

        /** False as soon as somebody wants the run to stop; also reports the progress now and then. */
        boolean goOn() {
            long now = nanos.getAsLong();
            if (now - nextNanos < 0) {
                return true;
            }
            if (run.cancelled()) {
                return false;
            }
            open = unfinished(open);
            tell();
            nextNanos = nanos.getAsLong() + EVERY_NANOS;
            return true;
        }

        private void tell() {
            run.progress(total - open.size() - putOff, total);
        }

        List<CheckState> unfinished(List<CheckState> pairs) {
            record Key(UUID asset, String check) {}
            List<UUID> assets =
                    pairs.stream().map(CheckState::assetId).distinct().toList();
            Set<Key> waiting = database.read(handle -> {
                CheckStateDao dao = handle.attach(CheckStateDao.class);
                return Batches.of(assets).stream()
                        .flatMap(some -> dao.listBefore(some, requestedAt).stream())
                        .map(state -> new Key(state.assetId(), state.checkId()))
                        .collect(Collectors.toSet());
            });
            return pairs.stream()
                    .filter(pair -> waiting.contains(new Key(pair.assetId(), pair.checkId())))
                    .toList();
        }
    }
}
