package dev.ronde.cadence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a person may be written to: in their working hours.
 *
 * @param zone the person's zone
 */
public record NoticeTimes(ZoneId zone, WorkingDays workingDays) {

    /** Quiet hours end. */
    public static final LocalTime DAY_STARTS = LocalTime.of(7, 30);

    /** Quiet hours begin. */
    public static final LocalTime DAY_ENDS = LocalTime.of(19, 0);

    public static final LocalTime MORNING = LocalTime.of(9, 0);

    public static NoticeTimes of(ZoneId zone) {
        return new NoticeTimes(zone, WorkingDays.of(zone));
    }

    /** True on a working day from 07:30 up to, not including, 19:00. */
    public boolean open(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        LocalTime time = local.toLocalTime();
        return workingDays.includes(local.toLocalDate()) && !time.isBefore(DAY_STARTS) && time.isBefore(DAY_ENDS);
    }

    /** 09:00 of the day, or of the next working day. */
    public Instant morningOf(LocalDate date) {
        return LocalTimes.at(workingDays.atOrAfter(date), MORNING, zone);
    }

    /** The next weekly or daily digest hour: 09:00 of the first working day at or after the instant. */
    public Instant nextMorning(Instant from) {
        LocalDate today = LocalTimes.dayOf(from, zone);
        Instant morning = morningOf(today);
        return morning.isBefore(from) ? morningOf(today.plusDays(1)) : morning;
    }
}
