package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import java.util.concurrent.Semaphore;

/** The memory for long bodies: an eighth of the heap for all at once, and no more than sixteen of them. Who finds no room is told to come again: nobody waits for it with a thread in hand. */
final class BodyRoom {
    private static final long LEAST = 32L << 20;
    private static final int AT_ONCE = 16;
    private static final long UNIT = 1 << 10;
    private static final int COME_AGAIN_SECONDS = 5;

    private final int units = (int) Math.min(
            Integer.MAX_VALUE, Math.max(LEAST, Runtime.getRuntime().maxMemory() / 8) / UNIT);
    private final Semaphore free = new Semaphore(units);

    interface Place {
        void close();
    }

    /**
     * Takes room for a body; one no longer than a form without a session needs none.
     *
     * @throws Problem 503 where there is none
     */
    Place take(long bytes) {
        if (bytes <= Intake.WITHOUT_SESSION) {
            return () -> {};
        }
        int wanted = (int) Math.min(units, Math.max(bytes / UNIT + 1, units / AT_ONCE));
        if (!free.tryAcquire(wanted)) {
            throw Problem.of(
                            503,
                            "many_uploads",
                            "Too many long requests come in at the same moment. Send this one again in a few seconds.")
                    .with("retry_after", COME_AGAIN_SECONDS);
        }
        return () -> free.release(wanted);
    }
}
