package dev.ronde.platform.resource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as pages write them, for sentences that are made before a page is. */
public final class PageDates {
    /** 28 Nov 2026. */
    static final String DAY = "d MMM yyyy";

    /** 28 Nov 2026, 09:41. */
    static final String MOMENT = "d MMM yyyy, HH:mm";

    private PageDates() {}

    /** Returns the day in words. */
    public static String day(LocalDate day, Locale language) {
        return formatter(DAY, language).format(day);
    }

    /** Returns the moment in words, in a zone that the sentence has to name. */
    public static String moment(Instant at, ZoneId zone, Locale language) {
        return formatter(MOMENT, language).withZone(zone).format(at);
    }

    static DateTimeFormatter formatter(String pattern, Locale language) {
        boolean pseudo = language.getLanguage().equals(Messages.PSEUDO.getLanguage());
        return DateTimeFormatter.ofPattern(pattern, pseudo ? Locale.ENGLISH : language);
    }
}
