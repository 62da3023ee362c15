package dev.ronde.check.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a claimed due row stands for: the occurrence to run now, and those before it whose window closed without a run. The window
 * of an occurrence ends when the next one is due.
 *
 * @param missed occurrences that never ran, in order
 * @param current the occurrence to run, null where more were missed than are written at once
 * @param next when the row is due again; not after now where {@code current} is null
 */
public record Occurrences(List<Instant> missed, @Nullable Instant current, Instant next) {
    /** Missed occurrences written at once; after a longer outage the row is simply claimed again. */
    static final int MAX_MISSED = 200;

    private static final double JITTER = 0.1;

    /** Computes the occurrences of a row due at {@code due} every {@code interval}, looked at at {@code now}. */
    public static Occurrences of(Instant due, Duration interval, Instant now) {
        long passed = Math.max(0, Duration.between(due, now).dividedBy(interval));
        List<Instant> missed = new ArrayList<>();
        for (long i = 0; i < Math.min(passed, MAX_MISSED); i++) {
            missed.add(due.plus(interval.multipliedBy(i)));
        }
        if (passed > MAX_MISSED) {
            return new Occurrences(missed, null, due.plus(interval.multipliedBy(MAX_MISSED)));
        }
        Instant current = due.plus(interval.multipliedBy(passed));
        return new Occurrences(missed, current, current.plus(interval));
    }

    /**
     * Returns the cadence of one asset: {@code every}, up to ten per cent shorter or longer, as a pure function of the asset, so that
     * two runs of a year agree and midnight is no peak.
     */
    public static Duration interval(Duration every, UUID assetId) {
        long mixed = assetId.getMostSignificantBits() ^ Long.rotateLeft(assetId.getLeastSignificantBits(), 31);
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        double unit = ((mixed >>> 11) * 0x1.0p-53) * 2 - 1;
        return Duration.ofMillis(Math.round(every.toMillis() * (1 + JITTER * unit)));
    }

    /** Truncated to microseconds, as the database keeps it. */
    public static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
