package dev.ronde.mail;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as mails write them: in words with the weekday, so that nobody reads 03-12 as December. */
public final class MailDates {
    private static final String FIRST = "EEEE d'er' MMMM uuuu";
    private static final String DAY = "EEEE d MMMM uuuu";

    private MailDates() {}

    /** {@code Thursday 12 March 2026}; French counts the first of a month: 1er avril. */
    public static String day(LocalDate date, Locale locale) {
        boolean first = date.getDayOfMonth() == 1 && locale.getLanguage().equals("fr");
        return DateTimeFormatter.ofPattern(first ? FIRST : DAY, locale).format(date);
    }

    /** {@code Thursday 12 March 2026, 09:14 (Europe/Paris)}, in the given zone. */
    public static String moment(Instant instant, ZoneId zone, Locale locale) {
        ZonedDateTime local = instant.atZone(zone);
        String time = DateTimeFormatter.ofPattern("HH:mm", locale).format(local);
        return day(local.toLocalDate(), locale) + ", " + time + " (" + zone.getId() + ")";
    }
}
