package dev.ronde.check.probe;

/**
 * Collects the facts of one target.
 *
 * <p>What the other side does (refused, reset, timeout, an unexpected answer) is a fact. Only what keeps the probe itself from
 * doing its work is a {@link ProbeResult.Failed}. A probe is stateless, safe for many threads, stops when its thread is
 * interrupted, and holds no database connection.
 */
public interface Probe {
    /** Returns the name that {@code probe.type} of a check file uses, for example {@code redis.anonymous}. */
    String type();

    /** Returns whether it speaks to its target at all, so that targets must be spared. */
    default boolean sendsPackets() {
        return true;
    }

    /** Collects the facts within the limits; never throws for anything the target does. */
    ProbeResult collect(ProbeTarget target, ProbeLimits limits);
}
