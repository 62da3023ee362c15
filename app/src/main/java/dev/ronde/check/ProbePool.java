package dev.ronde.check;

import dev.ronde.check.probe.ProbeThread;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Starts the pool. */
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

    Underway submit(UUID asset, Runnable work) {
        Underway probe = new Underway(asset);
        threads.execute(() -> {
            underway.add(probe);
            try {
                probe.run(work);
            } catch (RuntimeException e) {
                log.error("a probe thread failed", e);
            } finally {
                underway.remove(probe);
            }
        });
        return probe;
    }

    /** What waits for its target now. */
    Set<Underway> underway() {
        return Set.copyOf(underway);
    }

    /** Whether this process ends, so that what was cut short is nobody's fault. */
    boolean closing() {
        return closing;
    }

    @Override
    public void close() {
        closing = true;
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
