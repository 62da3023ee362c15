package dev.ronde.review.forecast;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Weeks from the present one on, Monday first.
 *
 * @param monday of the present week
 * @param count 1 to 56, as far as rows are kept ahead
 */
public record Weeks(LocalDate monday, int count) {

    public static final int MOST = 56;

    public static Weeks from(LocalDate today, int count) {
        return new Weeks(today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), count);
    }

    public LocalDate until() {
        return monday.plusWeeks(count);
    }

    /** The week of a day: negative before the first, {@code count} or more after the last. */
    public int of(LocalDate day) {
        return (int) Math.floorDiv(ChronoUnit.DAYS.between(monday, day), 7L);
    }

    public boolean holds(LocalDate day) {
        return !day.isBefore(monday) && day.isBefore(until());
    }

    public List<LocalDate> mondays() {
        return IntStream.range(0, count).mapToObj(monday::plusWeeks).toList();
    }
}
