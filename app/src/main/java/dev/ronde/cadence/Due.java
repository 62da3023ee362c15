package dev.ronde.cadence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rules about one due date. A due date is a calendar day in a zone: the same day for everyone, and it ends when that
 * zone's next day begins.
 */
public final class Due {

    private Due() {}

    /**
     * The day on which the slot must be done: the slot itself, or earlier where that would stretch the time since the
     * last performance beyond the maximum gap (PCI DSS v4.0.1 section 7: a quarter is 90 to 92 days).
     *
     * @param previousOn when the previous slot was performed; null when it was missed, is still open or never was: there
     *     is nothing to count from and the slot stands
     * @param maxGapDays the plan's cap in days; null when it sets none
     */
    public static LocalDate on(LocalDate slot, @Nullable LocalDate previousOn, @Nullable Integer maxGapDays) {
        if (previousOn == null || maxGapDays == null) {
            return slot;
        }
        LocalDate capped = previousOn.plusDays(maxGapDays);
        return capped.isBefore(slot) ? capped : slot;
    }

    /** The first instant at which the window is closed: the end, in the zone, of the day {@code window} after the due date. */
    public static Instant windowEnd(LocalDate dueOn, Period window, ZoneId zone) {
        return LocalTimes.endOf(dueOn.plus(window), zone);
    }

    /** Calendar days after the due date; 0 on or before it, never negative, with nothing subtracted for grace. */
    public static long daysLate(LocalDate dueOn, LocalDate performedOn) {
        return Math.max(0, ChronoUnit.DAYS.between(dueOn, performedOn));
    }

    public static boolean withinGrace(LocalDate dueOn, Period grace, LocalDate performedOn) {
        return !performedOn.isAfter(dueOn.plus(grace));
    }
}
