package dev.ronde.mail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as mails write them: in words with the weekday, and in ISO 8601, so that nobody reads 03-12 as December. */
public final class MailDates {
    private static final String DAY = "EEEE d MMMM uuuu";

    private MailDates() {}

    /** {@code Thursday 12 March 2026 (2026-03-12)}. */
    public static String day(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofPattern(DAY, locale).format(date) + " (" + date + ")";
    }

    /** {@code Thursday 12 March 2026, 09:14 (Europe/Paris)}, in the given zone. */
    public static String moment(Instant instant, ZoneId zone, Locale locale) {
        return DateTimeFormatter.ofPattern(DAY + ", HH:mm", locale)
                        .withZone(zone)
                        .format(instant) + " (" + zone.getId() + ")";
    }
}
