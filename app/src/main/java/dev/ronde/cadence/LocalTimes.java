package dev.ronde.cadence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;

/**
 * Turns wall-clock times of a zone into instants, with one answer for the two odd days of a year: a time that the clock
 * skips becomes the next valid minute (02:30 on 29 March 2026 in Paris is 03:00), a time that it shows twice is the first.
 */
public final class LocalTimes {

    private LocalTimes() {}

    public static Instant at(LocalDate date, LocalTime time, ZoneId zone) {
        LocalDateTime local = date.atTime(time);
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        return local.atZone(zone).withEarlierOffsetAtOverlap().toInstant();
    }

    public static Instant startOf(LocalDate date, ZoneId zone) {
        return at(date, LocalTime.MIDNIGHT, zone);
    }

    /** The first instant that no longer belongs to the day. */
    public static Instant endOf(LocalDate date, ZoneId zone) {
        return startOf(date.plusDays(1), zone);
    }

    /** The last day of a span that ends before this instant, as people are told it: that of 26 February, 00:00, is the 25th. */
    public static LocalDate lastDayBefore(Instant end, ZoneId zone) {
        return dayOf(end.minusNanos(1), zone);
    }

    public static LocalDate dayOf(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone);
    }
}
