package dev.ronde.cadence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;

/** Which day of a month is meant; every month has exactly one. */
public sealed interface MonthRule {

    LocalDate in(YearMonth month);

    /** The nth weekday of the month, for example the second Tuesday. */
    record NthWeekday(DayOfWeek weekday, int nth) implements MonthRule {
        /** Refuses a fifth weekday: most months have none. */
        public NthWeekday {
            if (nth < 1 || nth > 4) {
                throw new IllegalArgumentException("nth weekday must be 1 to 4 or last, was " + nth);
            }
        }

        @Override
        public LocalDate in(YearMonth month) {
            return month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday));
        }
    }

    record LastWeekday(DayOfWeek weekday) implements MonthRule {
        @Override
        public LocalDate in(YearMonth month) {
            return month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(weekday));
        }
    }

    /** A numbered day, clamped to the end of shorter months. */
    record Day(int dayOfMonth) implements MonthRule {
        public Day {
            if (dayOfMonth < 1 || dayOfMonth > 31) {
                throw new IllegalArgumentException("day of month must be 1 to 31, was " + dayOfMonth);
            }
        }

        @Override
        public LocalDate in(YearMonth month) {
            return month.atDay(Math.min(dayOfMonth, month.lengthOfMonth()));
        }
    }

    record LastDay() implements MonthRule {
        @Override
        public LocalDate in(YearMonth month) {
            return month.atEndOfMonth();
        }
    }
}
