package dev.ronde.platform.db;

import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Notices that H2 has closed its database by itself, as it does when the file cannot be written: nothing works from then on. */
final class LossWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(2);

    private final Connection owner;
    private final DatabaseUrl url;
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "database-watch");
        made.setDaemon(true);
        return made;
    });

    /** @param owner a connection that stays open as long as the database does */
    LossWatch(Connection owner, DatabaseUrl url) {
        this.owner = owner;
        this.url = url;
    }

    void start() {
        Future<?> unused =
                thread.scheduleWithFixedDelay(this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    CompletableFuture<String> lost() {
        return lost;
    }

    private void look() {
        if (!H2File.isOpen(owner) && !thread.isShutdown()) {
            lost.complete(
                    "The database " + url.shown()
                            + " has closed itself, most likely because its disk is full or cannot be written. Ronde ends; make room and start it again.");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
