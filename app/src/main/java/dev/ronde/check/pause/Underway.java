package dev.ronde.check.pause;

import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A probe under way; it can be stopped from any thread, before it began too. */
public final class Underway {
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
