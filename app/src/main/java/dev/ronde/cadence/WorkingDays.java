package dev.ronde.cadence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * The days on which a person works. Deadlines ignore them; only notices move.
 *
 * @param week the working days of a week, at least one
 */
public record WorkingDays(Set<DayOfWeek> week, Holidays holidays) {

    private static final int LONGEST_SEARCH_DAYS = 400;

    public WorkingDays {
        if (week.isEmpty()) {
            throw new IllegalArgumentException("a week needs at least one working day");
        }
        week = Set.copyOf(week);
    }

    /** Monday to Friday with the holidays built in for the zone. */
    public static WorkingDays of(ZoneId zone) {
        return new WorkingDays(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Holidays.of(zone));
    }

    public boolean includes(LocalDate date) {
        return week.contains(date.getDayOfWeek()) && !holidays.includes(date);
    }

    public LocalDate atOrAfter(LocalDate date) {
        return search(date, 1);
    }

    public LocalDate atOrBefore(LocalDate date) {
        return search(date, -1);
    }

    /** Moves by whole working days: -1 is the last working day strictly before the date, 0 the date itself. */
    public LocalDate plus(LocalDate date, int workingDays) {
        int step = Integer.signum(workingDays);
        LocalDate moved = date;
        for (int left = Math.abs(workingDays); left > 0; left--) {
            moved = search(moved.plusDays(step), step);
        }
        return moved;
    }

    private LocalDate search(LocalDate from, int step) {
        LocalDate date = from;
        for (int tries = 0; tries < LONGEST_SEARCH_DAYS; tries++) {
            if (includes(date)) {
                return date;
            }
            date = date.plusDays(step);
        }
        throw new IllegalStateException("no working day within " + LONGEST_SEARCH_DAYS + " days of " + from);
    }
}
