package dev.ronde.platform.job;

import dev.ronde.platform.http.Access;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.Routes;
import dev.ronde.platform.json.Json;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events of jobs: one each time the row changed, a comment every 15 s, the end when the job has ended. One thread looks for all
 * who listen and waits for none of them.
 */
public final class JobEventsApi implements Routes, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(JobEventsApi.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int MOST_POLLS = 1_200;
    private static final int HEARTBEAT_EVERY = 30;
    private static final int LONGEST_SILENCE = 120;

    private final Jobs jobs;
    private final Set<Listening> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "job-events");
        made.setDaemon(true);
        return made;
    });

    public JobEventsApi(Jobs jobs) {
        this.jobs = jobs;
    }

    public void start() {
        Future<?> unused =
                thread.scheduleWithFixedDelay(this::look, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void register(Router router) {
        router.get("/api/v1/jobs/{id}/events", Access.SCOPED, this::open);
    }

    private void open(Context context) {
        UUID job = JobApi.visible(jobs, context).id();
        context.res().setContentType("text/event-stream;charset=utf-8");
        context.res().setHeader("X-Accel-Buffering", "no");
        context.future(() -> {
            context.req().getAsyncContext().setTimeout(0);
            Listening listening = new Listening(job, output(context));
            listening.start();
            all.add(listening);
            return listening.ended;
        });
    }

    private static ServletOutputStream output(Context context) {
        try {
            return context.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void look() {
        Map<UUID, Optional<Job>> rows = new HashMap<>();
        for (Listening listening : all) {
            try {
                listening.tell(rows.computeIfAbsent(listening.job, jobs::find));
            } catch (IOException | RuntimeException e) {
                log.debug("a stream of events ends: {}", e.getMessage());
                listening.end();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        all.forEach(Listening::end);
    }

    /** Writes only when that does not block. */
    private final class Listening implements WriteListener {
        private final UUID job;
        private final ServletOutputStream out;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private String last = "";
        private int poll;
        private int silent;

        Listening(UUID job, ServletOutputStream out) {
            this.job = job;
            this.out = out;
        }

        void start() {
            out.setWriteListener(this);
        }

        synchronized void tell(Optional<Job> row) throws IOException {
            if (!out.isReady()) {
                silent++;
                if (silent > LONGEST_SILENCE) {
                    end();
                }
                return;
            }
            silent = 0;
            if (row.isEmpty() || poll >= MOST_POLLS) {
                end();
                return;
            }
            String shown = Json.write(row.get());
            if (!shown.equals(last)) {
                write("id: " + poll + "\ndata: " + shown + "\n\n");
                last = shown;
            } else if (row.get().finished()) {
                end();
            } else if (poll % HEARTBEAT_EVERY == 0) {
                write(": still here\n\n");
            }
            poll++;
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            if (out.isReady()) {
                out.flush();
            }
        }

        void end() {
            all.remove(this);
            ended.complete(null);
        }

        @Override
        public void onWritePossible() {}

        @Override
        public void onError(Throwable failure) {
            end();
        }
    }
}
