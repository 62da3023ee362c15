package dev.ronde.check.probe;

import java.time.Duration;

/**
 * Budget of one collection; the lower of the check's {@code probe.limits} and the {@link #POLICY}.
 *
 * @param requests exchanges at most
 * @param connect time for one connect
 * @param total time for everything, connects included
 * @param maxBytes bytes read at most, over all exchanges
 */
public record ProbeLimits(int requests, Duration connect, Duration total, int maxBytes) {
    /** What no check may exceed (design: five exchanges, 3 s, 15 s, 64 KiB). */
    public static final ProbeLimits POLICY = new ProbeLimits(5, Duration.ofSeconds(3), Duration.ofSeconds(15), 65_536);

    public static final ProbeLimits DEFAULT = new ProbeLimits(5, Duration.ofSeconds(3), Duration.ofSeconds(8), 4_096);

    public ProbeLimits {
        if (requests < 1 || maxBytes < 1 || !positive(connect) || !positive(total)) {
            throw new IllegalArgumentException("probe limits must be positive");
        }
    }

    public ProbeLimits atMost(ProbeLimits other) {
        return new ProbeLimits(
                Math.min(requests, other.requests),
                connect.compareTo(other.connect) < 0 ? connect : other.connect,
                total.compareTo(other.total) < 0 ? total : other.total,
                Math.min(maxBytes, other.maxBytes));
    }

    private static boolean positive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }
}
