package dev.ronde.cadence;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * One day in each first, second, third, fourth, sixth or twelfth month, counted from the month of the anchor.
 *
 * @param everyMonths 1, 2, 3, 4, 6 or 12
 * @param anchor the first slot; a date that the rule does not name is moved to the first match after it
 */
public record Monthly(MonthRule rule, int everyMonths, LocalDate anchor) implements Cadence {

    /** The steps that divide a year, and so keep their months from year to year. */
    public static final Set<Integer> STEPS = Set.of(1, 2, 3, 4, 6, 12);

    /** Moves the anchor to the rule's first match on or after it; refuses steps that do not divide a year. */
    public Monthly {
        if (!STEPS.contains(everyMonths)) {
            throw new IllegalArgumentException("every_months must be 1, 2, 3, 4, 6 or 12, was " + everyMonths);
        }
        YearMonth month = YearMonth.from(anchor);
        LocalDate match = rule.in(month);
        anchor = match.isBefore(anchor) ? rule.in(month.plusMonths(1)) : match;
    }

    @Override
    public LocalDate slot(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("slot index must not be negative, was " + index);
        }
        return rule.in(YearMonth.from(anchor).plusMonths(Math.multiplyExact(index, (long) everyMonths)));
    }

    @Override
    public long lowerBound(LocalDate date) {
        return Math.max(0, ChronoUnit.MONTHS.between(YearMonth.from(anchor), YearMonth.from(date)) / everyMonths);
    }
}
