package dev.ronde.account;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * A day or a time of an iCalendar file (RFC 5545 §3.3.4, §3.3.5), as a day of the zone whose holidays are read.
 *
 * @param timed whether it was written with a time of day
 * @param midnight whether the day begins with it
 * @param utc whether it was written in UTC, so that its time of day moves with the seasons of the zone
 */
record CalendarTime(LocalDate day, boolean timed, boolean midnight, boolean utc) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withResolverStyle(ResolverStyle.STRICT);

    /** Empty unless it is an iCalendar date or time. Without Z, a time is the day as written, whatever its zone. */
    static Optional<CalendarTime> read(String text, ZoneId zone) {
        try {
            if (text.length() == 8) {
                LocalDate day = LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE);
                return Optional.of(new CalendarTime(day, false, true, false));
            }
            boolean utc = text.endsWith("Z");
            LocalDateTime written = LocalDateTime.parse(utc ? text.substring(0, text.length() - 1) : text, TIME);
            LocalDateTime time = utc ? LocalDateTime.ofInstant(written.toInstant(ZoneOffset.UTC), zone) : written;
            boolean midnight = time.toLocalTime().equals(LocalTime.MIDNIGHT);
            return Optional.of(new CalendarTime(time.toLocalDate(), true, midnight, utc));
        } catch (DateTimeException broken) {
            return Optional.empty();
        }
    }
}
