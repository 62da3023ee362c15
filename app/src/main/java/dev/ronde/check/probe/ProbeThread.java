package dev.ronde.check.probe;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A thread whose interrupt also closes the socket it waits on: on Java 17 a connect in progress, or a long write, does not notice an
 * interrupt. Virtual threads, where the runtime has them, do this by themselves.
 */
public final class ProbeThread extends Thread {
    private volatile @Nullable Closeable socket;

    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public ProbeThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    /**
     * Lets an interrupt of the current thread close the socket from now on, in place of the one before.
     *
     * @throws InterruptedIOException where it was interrupted already
     */
    static void owns(Closeable socket) throws InterruptedIOException {
        if (Thread.currentThread() instanceof ProbeThread probing) {
            probing.socket = socket;
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the probe was stopped");
        }
    }

    static void ownsNothing() {
        if (Thread.currentThread() instanceof ProbeThread probing) {
            probing.socket = null;
        }
    }

    @Override
    public void interrupt() {
        super.interrupt();
        Closeable owned = socket;
        if (owned != null) {
            try {
                owned.close();
            } catch (IOException e) {
                // What cannot be closed ends with the budget of its probe; the interrupt stands.
                socket = null;
            }
        }
    }
}
