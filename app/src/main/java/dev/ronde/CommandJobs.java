package dev.ronde;

import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.time.ProductClock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Runs background jobs for a command's server, where no scheduler knocks. */
final class CommandJobs implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Thread thread;
    private volatile boolean stopped;

    CommandJobs(Jobs jobs, ProductClock clock) {
        thread = new Thread(
                () -> {
                    while (!stopped) {
                        jobs.run(clock.instant());
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                },
                "command-jobs");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
