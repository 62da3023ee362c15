package dev.ronde.check.agent;

import dev.ronde.catalogue.Saying;
import dev.ronde.check.log.ProbeLog;
import dev.ronde.check.probe.Exchange;
import dev.ronde.check.probe.ProbeFailure;
import dev.ronde.check.probe.ProbeLimits;
import dev.ronde.check.probe.ProbeResult;
import dev.ronde.check.probe.ProbeTarget;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Hands probes to agents and waits for what they found. The table is the meeting place, so that an agent may ask any of several
 * servers. Work that no agent takes within seconds ends as {@code no-vantage}. Whoever was at work that nobody waits for any more still tells
 * what it exchanged: that is logged, and nothing else of it is looked at.
 */
public final class ProbeTasks implements RemoteVantage {
    private static final Logger log = LoggerFactory.getLogger(ProbeTasks.class);
    private static final String OUTSIDE = "external";
    private static final Duration SEEN = Duration.ofMinutes(1);
    private static final long SEEN_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PICK_UP_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Duration RETURN = Duration.ofMillis(1_500);
    private static final Duration FORGOTTEN = Duration.ofHours(1);
    private static final long LOOK_MILLIS = 100;

    private final Database database;
    private final InstantSource clock;
    private final CheckSchedule schedule;
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    public ProbeTasks(Database database, InstantSource clock, CheckSchedule schedule) {
        this.database = database;
        this.clock = clock;
        this.schedule = schedule;
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
    public ProbeResult collect(String zone, Errand errand, ProbeTarget target, ProbeLimits limits) {
        UUID id = Ids.next(clock);
        String task = Json.write(ProbeTask.of(errand.type(), target, limits));
        database.useTransaction(tx -> tx.attach(ProbeTaskDao.class).insert(id, zone, task, errand, clock.instant()));
        boolean used = false;
        try {
            Optional<String> answer = await(id, limits);
            used = answer.isPresent();
            return answer.map(text -> read(text, zone)).orElseGet(() -> nothing(id, zone));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ProbeResult.failed(ProbeFailure.TIMEOUT, Saying.STOPPED);
        } finally {
            forget(id, used);
        }
    }

    /** The work is withdrawn even after an interrupt; otherwise the agent would go on. */
    private void forget(UUID id, boolean used) {
        boolean interrupted = Thread.interrupted();
        try {
            while (!database.inTransaction(tx -> forgotten(tx, id, used))) {
                // an agent took it, or answered, between two looks
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Leaves the row to an agent that is still at work; else logs an unread answer and removes the row. */
    private boolean forgotten(Handle tx, UUID id, boolean used) {
        ProbeTaskDao dao = tx.attach(ProbeTaskDao.class);
        if (dao.abandon(id) == 1) {
            return true;
        }
        Optional<ProbeTaskDao.Late> late = dao.findLate(id);
        if (late.isPresent() && dao.deleteIdle(id) == 0) {
            return false;
        }
        late.filter(found -> !used).ifPresent(found -> log(tx, found, found.answer()));
        return true;
    }

    private void log(Handle tx, ProbeTaskDao.Late late, @Nullable String answer) {
        if (answer == null) {
            return;
        }
        try {
            List<Exchange> exchanges = Json.read(answer, ProbeAnswer.class).storable(late.zone());
            ProbeLog.writeLoose(tx, clock, late.assetId(), late.checkId(), exchanges);
        } catch (JacksonException e) {
            log.warn("the late answer of an agent cannot be read");
        }
    }

    private Optional<String> await(UUID id, ProbeLimits limits) throws InterruptedException {
        long start = System.nanoTime();
        long patience = PICK_UP_NANOS + limits.total().plus(RETURN).toNanos();
        while (System.nanoTime() - start < patience) {
            Optional<ProbeTaskDao.Progress> progress =
                    database.read(handle -> handle.attach(ProbeTaskDao.class).find(id));
            String answer = progress.map(ProbeTaskDao.Progress::answer).orElse(null);
            if (answer != null) {
                return Optional.of(answer);
            }
            boolean taken = progress.map(ProbeTaskDao.Progress::claimedBy).isPresent();
            if (!taken && System.nanoTime() - start > PICK_UP_NANOS) {
                return Optional.empty();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return Optional.empty();
    }

    private ProbeResult nothing(UUID id, String zone) {
        boolean taken = database.read(
                        handle -> handle.attach(ProbeTaskDao.class).find(id))
                .map(ProbeTaskDao.Progress::claimedBy)
                .isPresent();
        return taken
                ? ProbeResult.failed(ProbeFailure.TIMEOUT, Saying.AGENT_LATE)
                : ProbeResult.failed(ProbeFailure.NO_VANTAGE, Saying.NO_AGENT, zone);
    }

    private static ProbeResult read(String answer, String zone) {
        try {
            return Json.read(answer, ProbeAnswer.class).result(zone);
        } catch (JacksonException e) {
            return ProbeResult.failed(ProbeFailure.CRASH, Saying.AGENT_UNREADABLE);
        }
    }

    /** Notes that the zone asks, makes due what waited for an agent, and claims up to {@code limit} pieces of work. */
    List<ProbeTaskDao.Open> take(String agent, String zone, int limit) {
        asked.put(zone, System.nanoTime());
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            ProbeTaskDao dao = tx.attach(ProbeTaskDao.class);
            if (zone.equals(OUTSIDE) && dao.countSeen(zone, now.minus(SEEN)) == 0) {
                schedule.outsideAppeared(tx, Occurrences.stored(now));
            }
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

    boolean waiting(String zone) {
        asked.put(zone, System.nanoTime());
        return database.read(
                handle -> !handle.attach(ProbeTaskDao.class).listOpen(zone, 1).isEmpty());
    }

    /** Returns the probes an agent may stop, because nobody waits for them any more. */
    List<UUID> unwanted(String agent, Collection<UUID> running) {
        if (running.isEmpty()) {
            return List.of();
        }
        List<UUID> wanted =
                database.read(handle -> handle.attach(ProbeTaskDao.class).listWanted(running, agent));
        return running.stream().filter(id -> !wanted.contains(id)).toList();
    }

    /** False if this is not the agent's work or nobody waits for it; late exchanges are still logged, once. */
    boolean answer(UUID id, String agent, ProbeAnswer answer) {
        String text = Json.write(answer);
        return database.inTransaction(tx -> {
            ProbeTaskDao dao = tx.attach(ProbeTaskDao.class);
            if (dao.answer(id, agent, text) == 1) {
                return true;
            }
            Optional<ProbeTaskDao.Late> late = dao.findLate(id);
            if (late.isPresent() && dao.deleteAbandoned(id, agent) == 1) {
                log(tx, late.get(), text);
            }
            return false;
        });
    }

    interface ProbeTaskDao {
        record Open(UUID id, String task) {}

        record Progress(
                @Nullable String claimedBy, @Nullable String answer) {}

        record Late(
                UUID assetId,
                String checkId,
                String zone,
                @Nullable String answer) {}

        @SqlUpdate("""
                insert into probe_task (id, zone, task, asset_id, check_id, created_at)
                values (:id, :zone, :task, :asset, :check, :createdAt)
                """)
        void insert(
                @Bind("id") UUID id,
                @Bind("zone") String zone,
                @Bind("task") String task,
                @BindMethods RemoteVantage.Errand errand,
                @Bind("createdAt") Instant createdAt);

        @SqlQuery("""
                select id, task from probe_task where zone = :zone and claimed_by is null order by id limit :limit
                """)
        List<Open> listOpen(@Bind("zone") String zone, @Bind("limit") int limit);

        /** 1 for the one agent that gets the work. */
        @SqlUpdate("update probe_task set claimed_by = :agent where id = :id and claimed_by is null")
        int claim(@Bind("id") UUID id, @Bind("agent") String agent);

        @SqlUpdate("""
                update probe_task set answer = :answer
                where id = :id and claimed_by = :agent and answer is null and not abandoned
                """)
        int answer(@Bind("id") UUID id, @Bind("agent") String agent, @Bind("answer") String answer);

        @SqlQuery("select claimed_by, answer from probe_task where id = :id")
        Optional<Progress> find(@Bind("id") UUID id);

        @SqlQuery("""
                select id from probe_task where id in (<ids>) and claimed_by = :agent and answer is null and not abandoned
                """)
        List<UUID> listWanted(@BindList("ids") Collection<UUID> ids, @Bind("agent") String agent);

        /** 1 if an agent is still at work: the row stays until the agent tells what it exchanged. */
        @SqlUpdate(
                "update probe_task set abandoned = true where id = :id and claimed_by is not null and answer is null")
        int abandon(@Bind("id") UUID id);

        @SqlQuery("select asset_id, check_id, zone, answer from probe_task where id = :id")
        Optional<Late> findLate(@Bind("id") UUID id);

        @SqlUpdate("delete from probe_task where id = :id and (claimed_by is null or answer is not null)")
        int deleteIdle(@Bind("id") UUID id);

        /** 1 for the one answer that came too late. */
        @SqlUpdate("delete from probe_task where id = :id and claimed_by = :agent and abandoned")
        int deleteAbandoned(@Bind("id") UUID id, @Bind("agent") String agent);

        @SqlUpdate("delete from probe_task where created_at < :before")
        int deleteOld(@Bind("before") Instant before);

        @SqlUpdate("update probe_agent set zone = :zone, seen_at = :seenAt where agent_ref = :agent")
        int updateSeen(@Bind("agent") String agent, @Bind("zone") String zone, @Bind("seenAt") Instant seenAt);

        @SqlUpdate(
                "insert into probe_agent (agent_ref, zone, seen_at) values (:agent, :zone, :seenAt) on conflict do nothing")
        int insertSeen(@Bind("agent") String agent, @Bind("zone") String zone, @Bind("seenAt") Instant seenAt);

        @SqlQuery("select count(*) from probe_agent where zone = :zone and seen_at > :since")
        int countSeen(@Bind("zone") String zone, @Bind("since") Instant since);
    }
}
