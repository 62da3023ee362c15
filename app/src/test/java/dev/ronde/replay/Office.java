package dev.ronde.replay;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where somebody works: working days and hours, written down anew for the model. */
record Office(ZoneId zone, Set<LocalDate> holidays) {
    static final Office PARIS = new Office(
            ZoneId.of("Europe/Paris"),
            Stream.of("""
                    2026-01-01 2026-04-06 2026-05-01 2026-05-08 2026-05-14 2026-05-25 2026-07-14 2026-08-15
                    2026-11-01 2026-11-11 2026-12-25 2027-01-01 2027-03-29 2027-05-01 2027-05-06 2027-05-08
                    2027-05-17 2027-07-14 2027-08-15 2027-11-01 2027-11-11 2027-12-25 2028-01-01""".split("\\s+")).map(LocalDate::parse).collect(Collectors.toSet()));
    static final Office MONTREAL = new Office(ZoneId.of("America/Montreal"), Set.of());

    private static final LocalTime OPENS = LocalTime.of(7, 30);
    private static final LocalTime CLOSES = LocalTime.of(19, 0);
    private static final LocalTime MORNING = LocalTime.of(9, 0);

    /** Asked for each slot at every step of a year. */
    private static final Map<ZoneId, Map<LocalDate, Instant>> STARTS = new ConcurrentHashMap<>();

    Instant startOf(LocalDate day) {
        return STARTS.computeIfAbsent(zone, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(day, key -> key.atStartOfDay(zone).toInstant());
    }

    LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    /** Whether the mail of the day may leave. */
    boolean afterMorning(Instant at) {
        return open(at) && !at.atZone(zone).toLocalTime().isBefore(MORNING);
    }

    boolean works(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SATURDAY
                && day.getDayOfWeek() != DayOfWeek.SUNDAY
                && !holidays.contains(day);
    }

    boolean open(Instant at) {
        ZonedDateTime local = at.atZone(zone);
        return works(local.toLocalDate())
                && !local.toLocalTime().isBefore(OPENS)
                && local.toLocalTime().isBefore(CLOSES);
    }

    LocalDate workday(LocalDate from, int step) {
        LocalDate day = from;
        while (!works(day)) {
            day = day.plusDays(step);
        }
        return day;
    }

    /** So many working days before (negative) or after the day. */
    LocalDate plus(LocalDate from, int workdays) {
        LocalDate day = from;
        for (int left = Math.abs(workdays); left > 0; left--) {
            day = workday(day.plusDays(Integer.signum(workdays)), Integer.signum(workdays));
        }
        return day;
    }

    /** 09:00 of the day, or of the next working day. */
    Instant morning(LocalDate day) {
        return workday(day, 1).atTime(MORNING).atZone(zone).toInstant();
    }

    /** 09:00 of the day, or of the working day before. */
    Instant dueNotice(LocalDate day) {
        return morning(workday(day, -1));
    }

    /** When what comes up is told: then inside the day from nine on, else at nine. */
    Instant fromMorning(Instant from) {
        ZonedDateTime local = from.atZone(zone);
        boolean early = local.toLocalTime().isBefore(MORNING);
        return open(from) && !early ? from : morning(local.toLocalDate().plusDays(early ? 0 : 1));
    }
}
