package dev.ronde.check.pause;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.check.CheckState;
import dev.ronde.check.CheckStateDao;
import dev.ronde.check.schedule.CheckSchedule;
import dev.ronde.check.schedule.Occurrences;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Cursor;
import dev.ronde.platform.http.PageOf;
import dev.ronde.platform.http.Query;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stop of every probe, and maintenance windows. All nodes read them from the database, so that what one of them is told holds on
 * each within a quarter of a second.
 */
public final class ProbePauses {
    private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int LONGEST_REASON = 400;

    private final Database database;
    private final InstantSource clock;
    private final EvidenceLog evidence;
    private final CheckSchedule schedule;
    private volatile @Nullable Known known;

    public ProbePauses(Database database, InstantSource clock, EvidenceLog evidence, CheckSchedule schedule) {
        this.database = database;
        this.clock = clock;
        this.evidence = evidence;
        this.schedule = schedule;
    }

    private record Known(List<ProbePause> holding, long atNanos) {}

    /**
     * A maintenance window as somebody wants it.
     *
     * @param asset ref of the asset, null for all
     * @param from first instant, null for now
     * @param until instant from which probes run again
     * @param reason why, at most 400 characters
     */
    public record Wanted(
            @Nullable String asset,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable String reason) {}

    /** Returns what keeps the asset from being probed now, the stop of everything first; as known at most 250 ms ago. */
    public Optional<ProbePause> holding(UUID asset) {
        Instant now = clock.instant();
        return holding().stream()
                .filter(pause -> pause.covers(asset) && pause.holdsAt(now))
                .findFirst();
    }

    Optional<ProbePause> stop() {
        return holding().stream().filter(ProbePause::stop).findFirst();
    }

    private List<ProbePause> holding() {
        Known last = known;
        if (last != null && System.nanoTime() - last.atNanos() < KEPT_NANOS) {
            return last.holding();
        }
        long asked = System.nanoTime();
        Instant now = clock.instant();
        List<ProbePause> holding =
                database.read(handle -> handle.attach(ProbePauseDao.class).listHolding(now));
        known = new Known(holding, asked);
        return holding;
    }

    /** Newest first. */
    PageOf<ProbePause> windows(Query query) {
        UUID before = query.cursor(1).map(cursor -> cursor.uuid(0)).orElse(null);
        int limit = query.limit();
        return database.read(handle -> {
            ProbePauseDao dao = handle.attach(ProbePauseDao.class);
            return PageOf.of(
                    dao.listWindows(before, limit + 1), limit, dao.countWindows(), window -> Cursor.of(window.id()));
        });
    }

    /** Stops every probe until {@link #resume}; a stop already in force stays as it is. */
    ProbePause stop(@Nullable String why, Actor by) {
        String reason = why == null || why.isBlank() ? "" : reason(why);
        Instant now = Occurrences.stored(clock.instant());
        ProbePause wanted = new ProbePause(Ids.next(clock), null, null, now, null, reason, by.ref(), now, null, null);
        ProbePause stop = database.inTransaction(tx -> {
            ProbePauseDao dao = tx.attach(ProbePauseDao.class);
            Optional<ProbePause> standing = dao.findStop();
            if (standing.isPresent()) {
                return standing.get();
            }
            dao.insert(wanted);
            evidence.append(
                    tx,
                    Evidence.of("probing.stopped", by, Subject.of("probing", wanted.id()))
                            .priv("reason", reason));
            return wanted;
        });
        known = null;
        return stop;
    }

    /** Lets probes run again; checks that were refused meanwhile are due at once. */
    void resume(Actor by) {
        Instant now = Occurrences.stored(clock.instant());
        database.useTransaction(tx -> {
            ProbePauseDao dao = tx.attach(ProbePauseDao.class);
            for (Optional<ProbePause> stop = dao.findStop(); stop.isPresent(); stop = dao.findStop()) {
                dao.updateLifted(stop.get().id(), by.ref(), now);
                evidence.append(
                        tx,
                        Evidence.of(
                                        "probing.resumed",
                                        by,
                                        Subject.of("probing", stop.get().id()))
                                .data("stopped_at", stop.get().startsAt()));
                schedule.dueNow(tx, paused(tx), now);
            }
        });
        known = null;
    }

    /**
     * Plans a maintenance window.
     *
     * @param asset null for all
     * @throws Problem 422 without a reason, or with an end that is not after its start and after now
     */
    ProbePause plan(Wanted wanted, @Nullable Asset asset, Actor by) {
        String reason = reason(wanted.reason());
        Instant now = Occurrences.stored(clock.instant());
        Instant from = wanted.from() == null ? now : Occurrences.stored(wanted.from());
        Instant until = wanted.until() == null ? null : Occurrences.stored(wanted.until());
        if (until == null) {
            throw Problem.invalid("/until", "required", "Say when the window ends.");
        }
        if (!until.isAfter(from) || !until.isAfter(now)) {
            throw Problem.invalid("/until", "bad_value", "The end must be after the start, and in the future.");
        }
        ProbePause window = new ProbePause(
                Ids.next(clock),
                asset == null ? null : asset.id(),
                asset == null ? null : asset.ref(),
                from,
                until,
                reason,
                by.ref(),
                now,
                null,
                null);
        database.useTransaction(tx -> {
            tx.attach(ProbePauseDao.class).insert(window);
            evidence.append(tx, record("maintenance.planned", window, by).priv("reason", reason));
        });
        known = null;
        return window;
    }

    /**
     * Ends a maintenance window before its time, or before it began.
     *
     * @throws Problem 404 for an unknown one, 409 for one that has ended
     */
    ProbePause end(UUID id, Actor by) {
        Instant now = Occurrences.stored(clock.instant());
        ProbePause ended = database.inTransaction(tx -> {
            ProbePauseDao dao = tx.attach(ProbePauseDao.class);
            ProbePause window = window(dao, id);
            boolean over = window.endsAt() != null && !window.endsAt().isAfter(now);
            if (over || dao.updateLifted(id, by.ref(), now) == 0) {
                throw Problem.conflict("ended", "This maintenance window has ended.");
            }
            schedule.dueNow(tx, paused(tx), now);
            evidence.append(tx, record("maintenance.ended", window, by));
            return window(dao, id);
        });
        known = null;
        return ended;
    }

    private static ProbePause window(ProbePauseDao dao, UUID id) {
        return dao.findWindow(id).orElseThrow(() -> Problem.notFound("maintenance window", id));
    }

    private static List<CheckState> paused(Handle tx) {
        return tx.attach(CheckStateDao.class).listPaused();
    }

    private static Evidence record(String type, ProbePause window, Actor by) {
        Evidence evidence = Evidence.of(type, by, Subject.of("maintenance", window.id()))
                .data("from", window.startsAt())
                .data("until", window.endsAt());
        return window.asset() == null ? evidence : evidence.asset(window.asset());
    }

    private static String reason(@Nullable String text) {
        String reason = text == null ? "" : text.strip();
        if (reason.isEmpty()) {
            throw Problem.invalid("/reason", "required", "Say why nothing may be probed.");
        }
        if (reason.length() > LONGEST_REASON) {
            throw Problem.invalid("/reason", "too_long", "A reason has at most 400 characters.");
        }
        return reason;
    }

    interface ProbePauseDao {
        String SELECT = """
                select p.id, p.asset_id, a.ref as asset, p.starts_at, p.ends_at, p.reason, p.created_by, p.created_at, p.lifted_by, p.lifted_at
                  from probe_pause p left join asset a on a.id = p.asset_id
                """;

        @SqlUpdate("""
                insert into probe_pause (id, asset_id, starts_at, ends_at, reason, created_by, created_at, lifted_by, lifted_at)
                values (:id, :assetId, :startsAt, :endsAt, :reason, :createdBy, :createdAt, :liftedBy, :liftedAt)
                """)
        void insert(@BindMethods ProbePause pause);

        @SqlUpdate("update probe_pause set lifted_by = :by, lifted_at = :at where id = :id and lifted_at is null")
        int updateLifted(@Bind("id") UUID id, @Bind("by") String by, @Bind("at") Instant at);

        @SqlQuery(SELECT + " where p.id = :id and p.ends_at is not null")
        Optional<ProbePause> findWindow(@Bind("id") UUID id);

        @SqlQuery(SELECT + " where p.lifted_at is null and p.ends_at is null order by p.id limit 1")
        Optional<ProbePause> findStop();

        @SqlQuery(SELECT + """
                 where p.lifted_at is null and p.starts_at <= :now and (p.ends_at is null or p.ends_at > :now)
                 order by case when p.ends_at is null then 0 else 1 end, p.id
                """)
        List<ProbePause> listHolding(@Bind("now") Instant now);

        @SqlQuery(SELECT + """
                 where p.ends_at is not null and (cast(:before as uuid) is null or p.id < cast(:before as uuid))
                 order by p.id desc limit :limit
                """)
        List<ProbePause> listWindows(@Bind("before") @Nullable UUID before, @Bind("limit") int limit);

        @SqlQuery("select count(*) from probe_pause where ends_at is not null")
        long countWindows();
    }

    /** Looks four times a second whether a pause has begun for something under way, and stops it; asks nothing while nothing is probed. */
    public static final class PauseWatch implements AutoCloseable {
        private static final Logger log = LoggerFactory.getLogger(PauseWatch.class);
        private static final long EVERY_MILLIS = 250;

        private final ProbePool pool;
        private final ProbePauses pauses;
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread watch = new Thread(work, "probe-pause-watch");
            watch.setDaemon(true);
            return watch;
        });

        private PauseWatch(ProbePool pool, ProbePauses pauses) {
            this.pool = pool;
            this.pauses = pauses;
        }

        public static PauseWatch start(ProbePool pool, ProbePauses pauses) {
            PauseWatch watch = new PauseWatch(pool, pauses);
            var unused =
                    watch.thread.scheduleWithFixedDelay(watch::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
            return watch;
        }

        private void look() {
            Set<ProbePool.Underway> all = pool.underway();
            try {
                all.forEach(probe -> pauses.holding(probe.asset()).ifPresent(probe::stop));
            } catch (RuntimeException e) {
                log.warn("whether probes are stopped could not be read; {} are under way", all.size(), e);
            }
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
