package dev.ronde.check;

import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;

/**
 * Hands probes to agents and waits for what they found. The table is the meeting place, so that an agent may ask any of several
 * servers. Work that no agent takes within seconds ends as {@code no-vantage}.
 */
final class ProbeTasks implements RemoteVantage {
    private static final Duration SEEN = Duration.ofMinutes(1);
    private static final long SEEN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PICK_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Duration RETURN = Duration.ofMillis(1_500);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final long LOOK_MILLIS = 100;

    private final Database database;
    private final InstantSource clock;
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    ProbeTasks(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public boolean available(String zone) {
        Long nanos = asked.get(zone);
        return (nanos != null && System.nanoTime() - nanos < SEEN_NANOS)
                || database.read(handle -> handle.attach(ProbeTaskDao.class)
                                .countSeen(zone, clock.instant().minus(SEEN))
                        > 0);
    }

    @Override
    public ProbeResult collect(String zone, String type, ProbeTarget target, ProbeLimits limits) {
        UUID id = Ids.next(clock);
        String task = Json.write(ProbeTask.of(type, target, limits));
        database.useTransaction(tx -> tx.attach(ProbeTaskDao.class).insert(id, zone, task, clock.instant()));
        try {
            return await(id, zone, limits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ProbeResult.failed(ProbeFailure.TIMEOUT, "the probe was stopped before it was done");
        } finally {
            forget(id);
        }
    }

    /** An interrupt must not keep the row: with it the agent would go on. */
    private void forget(UUID id) {
        boolean interrupted = Thread.interrupted();
        try {
            database.useTransaction(tx -> tx.attach(ProbeTaskDao.class).delete(id));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ProbeResult await(UUID id, String zone, ProbeLimits limits) throws InterruptedException {
        long start = System.nanoTime();
        long patience = PICK_UP_NANOS + limits.total().plus(RETURN).toNanos();
        while (System.nanoTime() - start < patience) {
            Optional<ProbeTaskDao.Progress> progress =
                    database.read(handle -> handle.attach(ProbeTaskDao.class).find(id));
            String answer = progress.map(ProbeTaskDao.Progress::answer).orElse(null);
            if (answer != null) {
                return read(answer, zone);
            }
            boolean taken = progress.map(ProbeTaskDao.Progress::claimedBy).isPresent();
            if (!taken && System.nanoTime() - start > PICK_UP_NANOS) {
                return ProbeResult.failed(ProbeFailure.NO_VANTAGE, "no agent " + zone + " took the work");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return ProbeResult.failed(ProbeFailure.TIMEOUT, "the agent did not answer in time");
    }

    private static ProbeResult read(String answer, String zone) {
        try {
            return Json.read(answer, ProbeAnswer.class).result(zone);
        } catch (JacksonException e) {
            return ProbeResult.failed(ProbeFailure.CRASH, "the agent's answer cannot be read");
        }
    }

    /** Notes that an agent of the zone asks, and gives it up to so many pieces of work, which are its own from then on. */
    List<ProbeTaskDao.Open> take(String agent, String zone, int limit) {
        asked.put(zone, System.nanoTime());
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            ProbeTaskDao dao = tx.attach(ProbeTaskDao.class);
            if (dao.updateSeen(agent, zone, now) == 0) {
                dao.insertSeen(agent, zone, now);
            }
            dao.deleteOld(now.minus(FORGOTTEN));
            List<ProbeTaskDao.Open> taken = new ArrayList<>();
            for (ProbeTaskDao.Open open : dao.listOpen(zone, limit)) {
                if (dao.claim(open.id(), agent) == 1) {
                    taken.add(open);
                }
            }
            return taken;
        });
    }

    /** Whether there is work of the zone that nobody has taken. */
    boolean waiting(String zone) {
        asked.put(zone, System.nanoTime());
        return database.read(
                handle -> !handle.attach(ProbeTaskDao.class).listOpen(zone, 1).isEmpty());
    }

    /** Returns which of these an agent may stop: nobody waits for them any more. */
    List<UUID> unwanted(String agent, Collection<UUID> running) {
        if (running.isEmpty()) {
            return List.of();
        }
        List<UUID> wanted =
                database.read(handle -> handle.attach(ProbeTaskDao.class).listWanted(running, agent));
        return running.stream().filter(id -> !wanted.contains(id)).toList();
    }

    /** Takes what an agent found; false where it is not that agent's work, or nobody waits for it any more. */
    boolean answer(UUID id, String agent, ProbeAnswer answer) {
        return database.inTransaction(tx -> tx.attach(ProbeTaskDao.class).answer(id, agent, Json.write(answer)) == 1);
    }
}
