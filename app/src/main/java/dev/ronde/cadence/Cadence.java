package dev.ronde.cadence;

import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * How often something must be done: a strictly increasing row of slots, each a calendar day in the plan's zone; endless,
 * but for a single date. Every slot is computed from the anchor and never from its predecessor, so 31 January gives 28 or 29 February and then
 * 31 March again. Slots are never moved to a working day.
 */
public sealed interface Cadence {

    LocalDate anchor();

    /**
     * The slot with this index; 0 is the anchor.
     *
     * @throws IllegalArgumentException for a negative index, or one past the last slot
     */
    LocalDate slot(long index);

    /** {@link Long#MAX_VALUE} if the slots never end. */
    default long slots() {
        return Long.MAX_VALUE;
    }

    /** At most the index of the first slot on or after the date, and at least 0. */
    long lowerBound(LocalDate date);

    /** The index of the first slot on or after the date; {@link #slots} past the last one. */
    default long indexAtOrAfter(LocalDate date) {
        long index = lowerBound(date);
        while (index < slots() && slot(index).isBefore(date)) {
            index++;
        }
        return index;
    }

    default Optional<LocalDate> find(LocalDate from) {
        long index = indexAtOrAfter(from);
        return index < slots() ? Optional.of(slot(index)) : Optional.empty();
    }

    /**
     * The first slot on or after the date.
     *
     * @throws NoSuchElementException past the last slot
     */
    default LocalDate atOrAfter(LocalDate date) {
        return find(date)
                .orElseThrow(
                        () -> new NoSuchElementException("no slot on or after " + date + ", the last one is over"));
    }

    default List<LocalDate> between(LocalDate from, LocalDate toInclusive) {
        return LongStream.iterate(indexAtOrAfter(from), index -> index < slots(), index -> index + 1)
                .mapToObj(this::slot)
                .takeWhile(slot -> !slot.isAfter(toInclusive))
                .toList();
    }

    /** Starts with the first slot on or after the date; fewer if the slots end. */
    default List<LocalDate> upcoming(LocalDate from, int count) {
        return LongStream.iterate(indexAtOrAfter(from), index -> index < slots(), index -> index + 1)
                .limit(count)
                .mapToObj(this::slot)
                .toList();
    }

    /**
     * Every {@code count} days, weeks, months or years from the anchor, clamped to the end of shorter months.
     *
     * @param count 1 to 1000
     */
    record Every(int count, Unit unit, LocalDate anchor) implements Cadence {

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

        public Period period() {
            return switch (unit) {
                case DAYS -> Period.ofDays(count);
                case WEEKS -> Period.ofWeeks(count);
                case MONTHS -> Period.ofMonths(count);
                case YEARS -> Period.ofYears(count);
            };
        }
    }

    /**
     * One day in each first, second, third, fourth, sixth or twelfth month, counted from the month of the anchor.
     *
     * @param everyMonths 1, 2, 3, 4, 6 or 12
     * @param anchor the first slot; a date that the rule does not name is moved to the first match after it
     */
    record Monthly(MonthRule rule, int everyMonths, LocalDate anchor) implements Cadence {

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

    /** A single day, for something that is asked of many assets once. */
    record Once(LocalDate anchor) implements Cadence {

        @Override
        public LocalDate slot(long index) {
            if (index != 0) {
                throw new IllegalArgumentException("a single date has slot 0 only, was " + index);
            }
            return anchor;
        }

        @Override
        public long slots() {
            return 1;
        }

        @Override
        public long lowerBound(LocalDate date) {
            return date.isAfter(anchor) ? 1 : 0;
        }
    }
}
