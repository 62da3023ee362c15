package dev.ronde.demo;

import java.time.Instant;
import java.time.InstantSource;

/** The clock under which the history is made: it stands still until it is moved, forward only. */
public final class DemoClock implements InstantSource {
    private volatile Instant now;

    public DemoClock(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void moveTo(Instant later) {
        if (later.isBefore(now)) {
            throw new IllegalArgumentException("time does not go back, from " + now + " to " + later);
        }
        now = later;
    }
}
