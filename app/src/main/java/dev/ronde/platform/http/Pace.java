package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import java.time.Duration;

/** How fast a body has to come: after ten seconds, a thousand bytes for each further second. A telephone in a tunnel is faster. */
final class Pace {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final long BYTES_A_SECOND = 1_000;

    private final long begun = System.nanoTime();

    boolean tooSlow(long bytes) {
        long seconds = Duration.ofNanos(System.nanoTime() - begun).minus(GRACE).toSeconds();
        return seconds > 0 && bytes < seconds * BYTES_A_SECOND;
    }

    boolean longerThan(Duration time) {
        return System.nanoTime() - begun > time.toNanos();
    }

    static Problem problem() {
        return Problem.of(
                408,
                "body_too_slow",
                "The body came with less than " + BYTES_A_SECOND
                        + " bytes a second. Send it again over a faster connection.");
    }
}
