package dev.ronde.platform.limit;

import java.time.Duration;

/**
 * So many at once, then one each time the interval has passed.
 *
 * @param burst how many at once, at least 1
 * @param interval how long it takes until another one is allowed
 */
public record Allowance(int burst, Duration interval) {
    public Allowance {
        if (burst < 1 || interval.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("no allowance: " + burst + " at once, one each " + interval);
        }
    }

    Duration window() {
        return interval.multipliedBy(burst);
    }
}
