package dev.ronde.check.pause;

import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks four times a second whether a pause has begun for something under way, and stops it; asks nothing while nothing is probed. */
public final class PauseWatch implements AutoCloseable {
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
        Set<Underway> all = pool.underway();
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
