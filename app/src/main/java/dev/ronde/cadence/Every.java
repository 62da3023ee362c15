package dev.ronde.cadence;

import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;

/**
 * Every {@code count} days, weeks, months or years from the anchor, clamped to the end of shorter months.
 *
 * @param count 1 to 1000
 */
public record Every(int count, Unit unit, LocalDate anchor) implements Cadence {

    /** The step of an interval. */
    public enum Unit {
        /** Calendar days. */
        DAYS(ChronoUnit.DAYS),
        /** Seven calendar days. */
        WEEKS(ChronoUnit.WEEKS),
        /** Calendar months, clamped to the month's end. */
        MONTHS(ChronoUnit.MONTHS),
        /** Calendar years; 29 February becomes 28 February in common years. */
        YEARS(ChronoUnit.YEARS);

        private final ChronoUnit chrono;

        Unit(ChronoUnit chrono) {
            this.chrono = chrono;
        }
    }

    /** Refuses counts outside 1 to 1000. */
    public Every {
        if (count < 1 || count > 1000) {
            throw new IllegalArgumentException("interval must be 1 to 1000, was " + count);
        }
    }

    @Override
    public LocalDate slot(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("slot index must not be negative, was " + index);
        }
        return anchor.plus(Math.multiplyExact(index, (long) count), unit.chrono);
    }

    @Override
    public long lowerBound(LocalDate date) {
        return Math.max(0, unit.chrono.between(anchor, date) / count);
    }

    /** The interval as ISO 8601 writes it, for example {@code P3M}; weeks stay weeks. */
    public String iso() {
        return "P" + count + unit.name().charAt(0);
    }

    /** The interval as a period, for arithmetic on dates. */
    public Period period() {
        return switch (unit) {
            case DAYS -> Period.ofDays(count);
            case WEEKS -> Period.ofWeeks(count);
            case MONTHS -> Period.ofMonths(count);
            case YEARS -> Period.ofYears(count);
        };
    }
}
