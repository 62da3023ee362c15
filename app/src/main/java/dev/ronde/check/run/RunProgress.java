package dev.ronde.check.run;

import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.job.JobRun;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Tells how far a run that a person asked for has come, while the sweep is at it, and whether it is to go on. It asks once a second, and
 * more seldom where the question takes long.
 */
final class RunProgress {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SHARE = 20;

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
        long after = nanos.getAsLong();
        nextNanos = after + Math.max(EVERY_NANOS, SHARE * (after - now));
        return true;
    }

    private void tell() {
        run.progress(total - open.size() - putOff, total);
    }

    List<CheckState> unfinished(List<CheckState> pairs) {
        record Key(UUID asset, String check) {}
        List<UUID> assets = pairs.stream().map(CheckState::assetId).distinct().toList();
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
