package dev.ronde.platform.job;

import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.platform.time.Ids;
import dev.ronde.platform.time.ProductClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Background jobs. A job is a row; whichever node takes its lease runs it on a thread of its own and renews the lease, so a job whose
 * node died is run again by another. Leases count on the real clock: a moved test clock must not end them.
 */
public final class Jobs implements Tick, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final int AT_ONCE = 2;
    private static final int MAX_ATTEMPTS = 3;

    private final Database database;
    private final ProductClock clock;
    private final Map<String, JobKind> kinds = new LinkedHashMap<>();
    private final Map<UUID, UUID> running = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private volatile CancelWatch cancelWatch = (tx, job, by) -> {};

    public Jobs(Database database, ProductClock clock) {
        this.database = database;
        this.clock = clock;
        this.threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "job");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Call before the scheduler starts. */
    public void add(JobKind kind) {
        kinds.put(kind.name(), kind);
    }

    /**
     * Queues a job in the caller's transaction.
     *
     * @param params a record or map, kept as JSON
     * @param startedBy actor reference of the person or token that asked
     */
    public UUID start(Handle tx, String kind, Object params, String startedBy) {
        UUID id = Ids.next(clock);
        tx.attach(JobDao.class).insert(id, kind, Json.write(params), startedBy, clock.instant());
        return id;
    }

    public Job get(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("job", id));
    }

    public Optional<Job> find(UUID id) {
        return database.read(tx -> tx.attach(JobDao.class).find(id));
    }

    public List<Job> list(int limit) {
        return database.read(tx -> tx.attach(JobDao.class).list(limit));
    }

    /** Lets somebody know of every job that is asked to stop; call before the scheduler starts. */
    public void onCancel(CancelWatch listener) {
        cancelWatch = listener;
    }

    /** Asks a job to stop; it stops between two parts. One that has ended, or was asked before, is left as it is. */
    public void cancel(UUID id, Principal by) {
        Job job = get(id);
        database.useTransaction(tx -> {
            if (tx.attach(JobDao.class).requestCancel(id) == 1) {
                cancelWatch.cancelled(tx, job, by);
            }
        });
    }

    @Override
    public String name() {
        return "jobs";
    }

    @Override
    public Duration every() {
        return Duration.ofMillis(500);
    }

    @Override
    public int run(Instant now) {
        Instant real = clock.baseInstant();
        running.forEach((id, token) ->
                database.useTransaction(tx -> tx.attach(JobDao.class).renew(id, token, real.plus(LEASE))));
        int room = AT_ONCE - running.size();
        if (room <= 0) {
            return 0;
        }
        int started = 0;
        for (UUID id : database.read(tx -> tx.attach(JobDao.class).listWaiting(real, room))) {
            if (running.containsKey(id)) {
                continue;
            }
            UUID token = UUID.randomUUID();
            int claimed =
                    database.inTransaction(tx -> tx.attach(JobDao.class).claim(id, token, real, real.plus(LEASE), now));
            if (claimed == 1) {
                running.put(id, token);
                threads.execute(() -> work(id, token));
                started++;
            }
        }
        return started;
    }

    @Override
    public int settle(Instant now) {
        int started = run(now);
        while (!running.isEmpty()) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(5).toNanos());
        }
        return started;
    }

    private void work(UUID id, UUID token) {
        try {
            Job job = get(id);
            Run run = new Run(job, token);
            finish(id, token, outcome(job, run));
        } catch (RuntimeException e) {
            log.error("job {} could not be finished", id, e);
        } finally {
            running.remove(id);
        }
    }

    private record Outcome(
            String state, @org.jspecify.annotations.Nullable String error) {}

    private Outcome outcome(Job job, Run run) {
        JobKind kind = kinds.get(job.kind());
        if (kind == null) {
            return new Outcome("failed", "This node does not know jobs of kind " + job.kind() + ".");
        }
        if (job.attempts() > MAX_ATTEMPTS) {
            return new Outcome("failed", "It was started " + MAX_ATTEMPTS + " times and its node ended each time.");
        }
        try {
            kind.run(run);
            return new Outcome(run.cancelled() ? "cancelled" : "done", null);
        } catch (Problem e) {
            return new Outcome("failed", e.text());
        } catch (Exception e) {
            log.error("job {} of kind {} failed", job.id(), job.kind(), e);
            return new Outcome("failed", "It failed on the server; the log has job " + job.id() + ".");
        }
    }

    private void finish(UUID id, UUID token, Outcome outcome) {
        database.useTransaction(
                tx -> tx.attach(JobDao.class).finish(id, token, outcome.state(), outcome.error(), clock.instant()));
    }

    /** Waits a moment for running jobs; another node takes the rest when their lease expires. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Run implements JobRun {
        private final Job job;
        private final UUID token;
        private long done;
        private long total;
        private long failed;
        private @org.jspecify.annotations.Nullable String resultUrl;

        Run(Job job, UUID token) {
            this.job = job;
            this.token = token;
        }

        @Override
        public UUID id() {
            return job.id();
        }

        @Override
        public tools.jackson.databind.JsonNode params() {
            return Json.tree(job.params());
        }

        @Override
        public String startedBy() {
            return job.startedBy();
        }

        @Override
        public void progress(long nowDone, long nowTotal) {
            done = nowDone;
            total = nowTotal;
            store();
        }

        @Override
        public void failed(long count) {
            failed = count;
            store();
        }

        @Override
        public void result(String url) {
            resultUrl = url;
            store();
        }

        @Override
        public boolean cancelled() {
            return database.read(tx -> tx.attach(JobDao.class).cancelRequested(job.id()))
                    .orElse(false);
        }

        private void store() {
            database.useTransaction(
                    tx -> tx.attach(JobDao.class).updateProgress(job.id(), token, done, total, failed, resultUrl));
        }
    }
}
