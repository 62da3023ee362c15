package dev.ronde.platform.schedule;

import java.time.Duration;
import java.time.Instant;

/** Periodic work. Idempotent: it looks at the database and does what is due; how often it is called changes nothing. */
public interface Tick {
    String name();

    default Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Does what is due at {@code now} and returns how many things were done; 0 means nothing is left. */
    int run(Instant now);

    /** Like {@link #run}, but short gathering times count as over; called after a test clock moves. */
    default int settle(Instant now) {
        return run(now);
    }
}
