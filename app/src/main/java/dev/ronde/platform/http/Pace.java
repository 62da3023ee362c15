package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast a body has to come: after ten seconds, a thousand bytes for each further second, and all of it within three minutes. A telephone in a tunnel is faster. */
final class Pace {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration IN_ALL = Duration.ofMinutes(3);
    private static final long BYTES_A_SECOND = 1_000;

    private final LongSupplier nanos;
    private final long begun;

    Pace() {
        this(System::nanoTime);
    }

    Pace(LongSupplier nanos) {
        this.nanos = nanos;
        this.begun = nanos.getAsLong();
    }

    boolean tooSlow(long bytes) {
        Duration passed = Duration.ofNanos(nanos.getAsLong() - begun);
        long seconds = passed.minus(GRACE).toSeconds();
        return passed.compareTo(IN_ALL) > 0 || (seconds > 0 && bytes < seconds * BYTES_A_SECOND);
    }

    static Problem problem() {
        return Problem.of(
                408,
                "body_too_slow",
                "The body came with less than " + BYTES_A_SECOND + " bytes a second, or took more than "
                        + IN_ALL.toMinutes() + " minutes. Send it again over a faster connection.");
    }
}
