package dev.ronde.platform.time;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Makes UUID version 7 identifiers (RFC 9562 §5.7, sub-millisecond fraction in rand_a): time-ordered, made by the application. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** Returns a new identifier whose first 60 bits are ordered by the clock. */
    public static UUID next(InstantSource clock) {
        Instant now = clock.instant();
        long millis = now.toEpochMilli();
        long fraction = (now.getNano() % 1_000_000L) * 4096L / 1_000_000L;
        long high = (millis << 16) | 0x7000L | fraction;
        long low = (RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Returns the greatest identifier that can be made in the millisecond of this instant. */
    public static UUID last(Instant instant) {
        return new UUID((instant.toEpochMilli() << 16) | 0x7FFFL, -1);
    }
}
