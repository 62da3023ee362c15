package dev.ronde.check.pause;

import dev.ronde.check.probe.ProbeThread;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that wait for targets: virtual ones where the runtime has them. How many are in flight is decided by the sweep. */
public final class ProbePool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProbePool.class);

    private final ExecutorService threads;
    private final Set<Underway> underway = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    private ProbePool(ExecutorService threads) {
        this.threads = threads;
    }

    public static ProbePool start() {
        try {
            return new ProbePool((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            AtomicInteger number = new AtomicInteger();
            return new ProbePool(
                    Executors.newCachedThreadPool(work -> new ProbeThread(work, "probe-" + number.incrementAndGet())));
        }
    }

    public Underway submit(UUID asset, Runnable work) {
        return submit(asset, probe -> work.run());
    }

    /** Begins work that may say from when on it is not to be interrupted, see {@link Underway#settled}. */
    public Underway submit(UUID asset, Consumer<Underway> work) {
        Underway probe = new Underway(asset);
        underway.add(probe);
        try {
            threads.execute(() -> run(probe, work));
        } catch (RejectedExecutionException e) {
            underway.remove(probe);
            throw e;
        }
        return probe;
    }

    private void run(Underway probe, Consumer<Underway> work) {
        try {
            probe.run(work);
        } catch (RuntimeException e) {
            log.error("a probe thread failed", e);
        } finally {
            underway.remove(probe);
        }
    }

    Set<Underway> underway() {
        return Set.copyOf(underway);
    }

    /** Whether this process ends, so that what was cut short is nobody's fault. */
    public boolean closing() {
        return closing;
    }

    /** Interrupts what waits for its target, and gives what is told of it two seconds. */
    @Override
    public void close() {
        close(Duration.ofSeconds(2));
    }

    public void close(Duration patience) {
        closing = true;
        threads.shutdown();
        underway.forEach(Underway::cancel);
        try {
            if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                log.warn("some probes are still waiting for their targets; they end by themselves");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A probe under way; it can be stopped from any thread, before it began too. */
    public static final class Underway {
        private final UUID asset;
        private @Nullable Thread thread;
        private @Nullable ProbePause stoppedBy;
        private boolean cancelled;

        Underway(UUID asset) {
            this.asset = asset;
        }

        UUID asset() {
            return asset;
        }

        /** Works in the calling thread and clears its interrupt at the end. */
        void run(Consumer<Underway> work) {
            begin();
            try {
                work.accept(this);
            } finally {
                settled();
            }
        }

        /** Ends what may be interrupted: the target has been left, and what the thread does from here on is brought to its end. Returns whether it was cut short. */
        public synchronized boolean settled() {
            thread = null;
            Thread.interrupted();
            return cancelled;
        }

        synchronized void stop(ProbePause pause) {
            if (!cancelled) {
                stoppedBy = pause;
                cancel();
            }
        }

        public synchronized void cancel() {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            }
        }

        public synchronized Optional<ProbePause> stoppedBy() {
            return Optional.ofNullable(stoppedBy);
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
            if (cancelled) {
                thread.interrupt();
            }
        }
    }
}
