package dev.ronde.check.probe;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What is left of the limits of one collection: exchanges, time and bytes. Used by one thread. */
final class Budget {
    /** Bytes below TLS: certificates and record overhead do not count against the check's bytes. */
    private static final int TLS_BYTES = 65_536;

    private final ProbeLimits limits;
    private final LongSupplier nanos;
    private final long deadline;
    private long until;
    private int requests;
    private int bytes;
    private int wireBytes;

    Budget(ProbeLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.deadline = nanos.getAsLong() + limits.total().toNanos();
        this.until = deadline;
    }

    boolean hasRequest() {
        return requests < limits.requests() && bytes < limits.maxBytes();
    }

    void takeRequest() {
        requests++;
        until = deadline;
    }

    /** Halves the time left for this exchange, so that silence leaves time for the next question. */
    void halve() {
        long now = nanos.getAsLong();
        until = now + (deadline - now) / 2;
    }

    /** 0 if no time is left. */
    int connectMillis() {
        Duration left = Duration.ofNanos(Math.max(0, deadline - nanos.getAsLong()));
        return (int) (limits.connect().compareTo(left) < 0 ? limits.connect() : left).toMillis();
    }

    /** At most the slice and at least 1. */
    int readMillis(int slice) throws SocketTimeoutException {
        long left = until - nanos.getAsLong();
        if (left <= 0) {
            throw new SocketTimeoutException("total");
        }
        return (int) Math.max(1, Math.min(slice, left / 1_000_000));
    }

    /** Half of what is left, so that a long answer leaves room for the next question. */
    int bytesForExchange() {
        int left = limits.maxBytes() - bytes;
        return requests < limits.requests() ? (left + 1) / 2 : left;
    }

    void read(int count) {
        bytes += count;
    }

    boolean exhausts(int count) {
        wireBytes += count;
        return wireBytes > limits.maxBytes() + TLS_BYTES;
    }
}
