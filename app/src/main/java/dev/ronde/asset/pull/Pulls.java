package dev.ronde.asset.pull;

import dev.ronde.asset.Assets;
import dev.ronde.asset.snapshot.PushHeaders;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads each source when it is due, on one node, and hands what is new to the ingest. What cannot be read leaves the snapshots as old
 * as they are, so that checks on them go stale instead of passing.
 */
public final class Pulls implements Tick {
    private static final Logger log = LoggerFactory.getLogger(Pulls.class);
    /** One look ends after this time; what is still due is read in the next. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Database database;
    private final Assets assets;
    private final Snapshots snapshots;
    private final List<PullSource> sources;

    public Pulls(Database database, Assets assets, Snapshots snapshots, List<PullSource> sources) {
        this.database = database;
        this.assets = assets;
        this.snapshots = snapshots;
        this.sources = List.copyOf(sources);
    }

    /**
     * A source as the API shows it.
     *
     * @param place where it reads, without anything secret
     * @param problem what the last reading could not read, and why; null where it read everything
     */
    public record View(
            String id,
            String place,
            Duration every,
            @Nullable Instant nextAt,
            @Nullable Instant readAt,
            int taken,
            @Nullable String problem,
            @Nullable Instant problemSince) {}

    /** Returns every source of the file, in its order. */
    public List<View> list() {
        Map<String, PullDao.State> states = states();
        return sources.stream()
                .map(source -> {
                    PullDao.State state = states.get(source.id());
                    return new View(
                            source.id(),
                            source.origin().text(),
                            source.every(),
                            state == null ? null : state.nextAt(),
                            state == null ? null : state.readAt(),
                            state == null ? 0 : state.taken(),
                            state == null ? null : state.problem(),
                            state == null ? null : state.problemSince());
                })
                .toList();
    }

    @Override
    public String name() {
        return "snapshot-pull";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(30);
    }

    @Override
    public int run(Instant now) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        int taken = 0;
        for (PullSource source : longestDueFirst()) {
            if (System.nanoTime() - until < 0 && claim(source, now)) {
                taken += pull(source, now);
            }
        }
        return taken;
    }

    /** Those that are slow are waited for, one after the other; none keeps another from its turn for good. */
    List<PullSource> longestDueFirst() {
        Map<String, PullDao.State> states = states();
        return sources.stream()
                .sorted(Comparator.comparing(source -> {
                    PullDao.State state = states.get(source.id());
                    return state == null ? Instant.MIN : state.nextAt();
                }))
                .toList();
    }

    private Map<String, PullDao.State> states() {
        return database.read(handle -> handle.attach(PullDao.class).list()).stream()
                .collect(Collectors.toMap(PullDao.State::id, Function.identity()));
    }

    private boolean claim(PullSource source, Instant now) {
        return database.inTransaction(tx -> {
            PullDao dao = tx.attach(PullDao.class);
            dao.insert(source.id(), now);
            return dao.claim(source.id(), now, now.plus(source.every())) == 1;
        });
    }

    private int pull(PullSource source, Instant now) {
        Reading reading = new Reading(source, now);
        try {
            Fetching.fetch(source.origin(), reading);
        } catch (PullFailed e) {
            reading.problem(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reading.problem("it was stopped");
        }
        settle(source, now, reading.taken, reading.problems.text());
        return reading.taken + reading.refused;
    }

    /** One reading of a source. */
    private final class Reading implements Fetching.Taking {
        private final PullSource source;
        private final Instant now;
        private final PullProblems problems = new PullProblems();
        private int taken;
        /** Refusals that others have to look at. */
        private int refused;

        Reading(PullSource source, Instant now) {
            this.source = source;
            this.now = now;
        }

        @Override
        public boolean before(String place, Instant collectedAt) {
            return database.read(handle -> seen(handle, source, place, collectedAt, now));
        }

        @Override
        public void found(Fetched fetched) {
            PushHeaders headers = new PushHeaders(null, notAfter(now, fetched.collectedAt()));
            try {
                store(source, fetched, headers, now);
                taken++;
            } catch (Problem problem) {
                refused += refuse(fetched, headers, problem) ? 1 : 0;
                problem(fetched.place() + ": " + problem.getMessage());
            }
        }

        @Override
        public void problem(String text) {
            problems.add(text);
        }
    }

    private static boolean seen(Handle handle, PullSource source, String place, Instant said, Instant now) {
        return handle.attach(PullDao.class)
                .findStamp(source.id(), place)
                .filter(stamp -> stamp.covers(said, now))
                .isPresent();
    }

    /** Stores one snapshot as a push would, and refuses it as one. */
    private void store(PullSource source, Fetched fetched, PushHeaders headers, Instant now) {
        Instant said = fetched.collectedAt();
        Instant counts = headers.collectedAt();
        database.useTransaction(tx -> {
            if (said != null && seen(tx, source, fetched.place(), said, now)) {
                return;
            }
            snapshots.push(
                    tx, assets.get(tx, fetched.asset()), fetched.source(), fetched.body(), headers, Actor.SYSTEM);
            if (said != null && counts != null) {
                PullDao dao = tx.attach(PullDao.class);
                PullDao.Stamp stamp = new PullDao.Stamp(counts, said);
                if (dao.updateStamp(source.id(), fetched.place(), stamp) == 0) {
                    dao.insertStamp(source.id(), fetched.place(), stamp);
                }
            }
        });
    }

    private boolean refuse(Fetched fetched, PushHeaders headers, Problem problem) {
        return database.inTransaction(tx -> assets.find(tx, fetched.asset())
                .map(asset -> snapshots.refused(tx, asset, fetched.source(), headers, problem, Actor.SYSTEM))
                .orElse(false));
    }

    /** A file that is newer than the product's clock was collected now: clocks of files and of the product may differ. */
    private static @Nullable Instant notAfter(Instant now, @Nullable Instant collectedAt) {
        return collectedAt != null && collectedAt.isAfter(now) ? now.truncatedTo(ChronoUnit.MICROS) : collectedAt;
    }

    private void settle(PullSource source, Instant now, int taken, @Nullable String problem) {
        if (problem != null) {
            log.warn("source {} could not be read: {}", source.id(), problem);
        }
        database.useTransaction(tx -> tx.attach(PullDao.class).settle(source.id(), now, taken, problem));
    }
}
