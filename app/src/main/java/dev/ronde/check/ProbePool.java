package dev.ronde.check;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that wait for targets: virtual ones where the runtime has them. How many are in flight is decided by the sweep. */
public final class ProbePool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProbePool.class);

    private final ExecutorService threads;

    private ProbePool(ExecutorService threads) {
        this.threads = threads;
    }

    /** A running probe. */
    @FunctionalInterface
    public interface Task {
        /** Interrupts it. */
        void cancel();
    }

    /** Starts the pool. */
    public static ProbePool start() {
        try {
            return new ProbePool((ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            AtomicInteger number = new AtomicInteger();
            return new ProbePool(Executors.newCachedThreadPool(work -> {
                Thread thread = new Thread(work, "probe-" + number.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    Task submit(Runnable work) {
        Future<?> future = threads.submit(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.error("a probe thread failed", e);
            }
        });
        return () -> future.cancel(true);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
                log.warn("some probes are still waiting for their targets; they end by themselves");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
