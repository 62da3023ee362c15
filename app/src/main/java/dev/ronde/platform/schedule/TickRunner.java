package dev.ronde.platform.schedule;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.text.Cut;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs ticks and lanes by name, one call of each tick at a time, and remembers when and how they went. */
public final class TickRunner {
    private static final Logger log = LoggerFactory.getLogger(TickRunner.class);
    private static final int MAX_PASSES = 2_000;
    private static final Duration NOTED_EVERY = Duration.ofSeconds(10);

    private final Database database;
    private final InstantSource clock;
    private final String node;
    private final Map<String, Tick> ticks = new LinkedHashMap<>();
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, ReentrantLock> locks = new LinkedHashMap<>();
    private final Map<String, TickDao.Run> unwritten = new LinkedHashMap<>();
    private Instant writtenAt = Instant.MIN;
    private volatile boolean stopping;

    public TickRunner(Database database, InstantSource clock, String node) {
        this.database = database;
        this.clock = clock;
        this.node = node;
    }

    /** Adds a tick; call before the scheduler starts. The order of adding is the order in which a moved clock settles. */
    public void add(Tick tick) {
        if (ticks.put(tick.name(), tick) != null) {
            throw new IllegalStateException("two ticks are named " + tick.name());
        }
        locks.put(tick.name(), new ReentrantLock());
    }

    public void add(Lane lane) {
        lanes.put(lane.name(), lane);
    }

    public List<Tick> ticks() {
        return List.copyOf(ticks.values());
    }

    public List<Lane> lanes() {
        return List.copyOf(lanes.values());
    }

    /** Lets what runs come to its end soon: nothing is begun or claimed any more. What is due waits for another process or the next start. */
    public void stop() {
        stopping = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    /** Runs a tick or a lane by name; what it throws is logged and kept for doctor, not thrown on. */
    public int run(String name) {
        Tick tick = ticks.get(name);
        return tick != null ? run(tick, tick::run) : sweep(lanes.get(name));
    }

    private int run(Tick tick, ToIntFunction<Instant> work) {
        ReentrantLock lock = locks.get(tick.name());
        if (lock == null) {
            throw new IllegalStateException("there is no tick " + tick.name());
        }
        lock.lock();
        try {
            return run(tick.name(), work);
        } finally {
            lock.unlock();
        }
    }

    private int sweep(@Nullable Lane lane) {
        return lane == null ? 0 : run(lane.name(), now -> lane.sweep(now, () -> !stopping));
    }

    private int run(String name, ToIntFunction<Instant> work) {
        if (stopping) {
            return 0;
        }
        try {
            int done = work.applyAsInt(clock.instant());
            note(name, clock.instant(), null);
            return done;
        } catch (RuntimeException e) {
            log.error("tick {} failed", name, e);
            note(name, clock.instant(), String.valueOf(e.getMessage()));
            return 0;
        }
    }

    /** Runs everything until nothing is due any more, as after an outage; used when a test clock was moved. */
    public void settle() {
        settle(lanes.values(), ticks.values());
    }

    /** As {@link #settle()}, but only these ticks; every other waits for its time. */
    public void settle(Collection<String> names) {
        settle(
                List.of(),
                ticks.values().stream()
                        .filter(tick -> names.contains(tick.name()))
                        .toList());
    }

    private void settle(Collection<Lane> someLanes, Collection<Tick> someTicks) {
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            int done = 0;
            for (Lane lane : someLanes) {
                done += sweep(lane);
            }
            for (Tick tick : someTicks) {
                done += run(tick, tick::settle);
            }
            if (done == 0 || stopping) {
                return;
            }
        }
        log.warn("work was still due after {} passes", MAX_PASSES);
    }

    public List<TickStatus> statuses() {
        Map<String, TickStatus> statuses = new TreeMap<>();
        database.read(tx -> tx.attach(TickDao.class).list()).forEach(status -> statuses.put(status.name(), status));
        synchronized (unwritten) {
            unwritten.forEach((name, run) -> {
                TickStatus stored = statuses.get(name);
                statuses.put(
                        name, new TickStatus(name, run.at(), stored == null ? null : stored.nextRunAt(), run.error()));
            });
        }
        return List.copyOf(statuses.values());
    }

    /** Seconds are precise enough: rows are written together every 10 s, and at once when a run fails. */
    private void note(String name, Instant now, @Nullable String error) {
        String shown = error == null ? null : Cut.to(error, 500);
        boolean due;
        synchronized (unwritten) {
            unwritten.put(name, new TickDao.Run(name, now, shown));
            due = error != null
                    || writtenAt.equals(Instant.MIN)
                    || Duration.between(writtenAt, now).abs().compareTo(NOTED_EVERY) >= 0;
        }
        if (due) {
            write(now);
        }
    }

    private void write(Instant now) {
        Map<String, TickDao.Run> runs;
        synchronized (unwritten) {
            runs = new TreeMap<>(unwritten);
            unwritten.clear();
            writtenAt = now;
        }
        if (runs.isEmpty()) {
            return;
        }
        try {
            database.useTransaction(tx -> {
                TickDao dao = tx.attach(TickDao.class);
                List<TickDao.Run> all = List.copyOf(runs.values());
                int[] updated = dao.updateRuns(all, node);
                for (int i = 0; i < updated.length; i++) {
                    if (updated[i] == 0) {
                        dao.insert(all.get(i).name(), all.get(i).at(), null);
                    }
                }
            });
        } catch (RuntimeException e) {
            synchronized (unwritten) {
                runs.forEach(unwritten::putIfAbsent);
            }
            if (!Database.isUniqueViolation(e)) {
                log.warn("{} ticks could not be noted: {}", runs.size(), e.getMessage());
            }
        }
    }
}
