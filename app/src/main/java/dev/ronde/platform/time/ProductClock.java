package dev.ronde.platform.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The product's clock: a base clock plus an offset. The offset is zero in production; under {@code RONDE_TEST_CLOCK} it is kept in the
 * database so that restarts, other nodes and commands agree. Instants have microseconds, the finest both databases keep.
 */
public final class ProductClock implements InstantSource {
    private final InstantSource base;
    private volatile Duration offset = Duration.ZERO;
    private boolean placed;

    public ProductClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(offset).truncatedTo(ChronoUnit.MICROS);
    }

    public Instant baseInstant() {
        return base.instant();
    }

    /** Takes over a distance as read from the database, to which this or another node has moved on; time never goes back. */
    public synchronized void follow(Duration moved) {
        if (!placed || moved.compareTo(offset) > 0) {
            setOffset(moved);
        }
    }

    public synchronized void setOffset(Duration offset) {
        this.offset = offset;
        placed = true;
    }
}
