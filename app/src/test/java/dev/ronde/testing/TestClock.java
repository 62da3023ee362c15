package dev.ronde.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves only when told. */
public final class TestClock implements InstantSource {
    private volatile Instant now;

    public TestClock() {
        this(Instant.parse("2026-03-02T08:00:00Z"));
    }

    public TestClock(Instant start) {
        this.now = start;
    }

    public static TestClock at(String instant) {
        return new TestClock(Instant.parse(instant));
    }

    @Override
    public Instant instant() {
        return now;
    }

    public TestClock advance(Duration step) {
        now = now.plus(step);
        return this;
    }

    public TestClock set(Instant instant) {
        now = instant;
        return this;
    }
}
