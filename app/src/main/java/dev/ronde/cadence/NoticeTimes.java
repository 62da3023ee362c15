package dev.ronde.cadence;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a person may be written to. Notices wait for the person's working hours; only the notice of the due day moves
 * forward in time, to the working day before.
 *
 * @param zone the person's zone
 */
public record NoticeTimes(ZoneId zone, WorkingDays workingDays) {

    /** Quiet hours end. */
    public static final LocalTime DAY_STARTS = LocalTime.of(7, 30);

    /** Quiet hours begin. */
    public static final LocalTime DAY_ENDS = LocalTime.of(19, 0);

    public static final LocalTime MORNING = LocalTime.of(9, 0);

    /** When a due-day notice leaves that had to be pulled to the working day before. */
    public static final LocalTime AFTERNOON = LocalTime.of(16, 0);

    public static NoticeTimes of(ZoneId zone) {
        return new NoticeTimes(zone, WorkingDays.of(zone));
    }

    /** True on a working day from 07:30 up to, not including, 19:00. */
    public boolean open(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        LocalTime time = local.toLocalTime();
        return workingDays.includes(local.toLocalDate()) && !time.isBefore(DAY_STARTS) && time.isBefore(DAY_ENDS);
    }

    /** The instant itself inside working hours, else the next 07:30 of a working day. */
    public Instant next(Instant wanted) {
        if (open(wanted)) {
            return wanted;
        }
        LocalDateTime local = LocalDateTime.ofInstant(wanted, zone);
        LocalDate from = local.toLocalTime().isBefore(DAY_STARTS)
                ? local.toLocalDate()
                : local.toLocalDate().plusDays(1);
        return LocalTimes.at(workingDays.atOrAfter(from), DAY_STARTS, zone);
    }

    /** 09:00 of the day, or of the next working day. */
    public Instant morningOf(LocalDate date) {
        return LocalTimes.at(workingDays.atOrAfter(date), MORNING, zone);
    }

    /** 09:00 of the due date, or 16:00 of the last working day before it when the due date is none. */
    public Instant dueDayNotice(LocalDate dueOn) {
        return workingDays.includes(dueOn)
                ? LocalTimes.at(dueOn, MORNING, zone)
                : LocalTimes.at(workingDays.atOrBefore(dueOn), AFTERNOON, zone);
    }

    public Instant endOfDay(Instant instant) {
        return LocalTimes.endOf(LocalTimes.dayOf(instant, zone), zone).minusNanos(1);
    }

    /** The next weekly or daily digest hour: 09:00 of the first working day at or after the instant. */
    public Instant nextMorning(Instant from) {
        LocalDate today = LocalTimes.dayOf(from, zone);
        Instant morning = morningOf(today);
        return morning.isBefore(from) ? morningOf(today.plusDays(1)) : morning;
    }
}
