package dev.ronde.platform.resource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Dates as pages write them, for sentences that are made before a page is. */
public final class PageDates {
    static final String DAY = "d MMM yyyy";

    static final String MOMENT = "d MMM yyyy, HH:mm";

    private static final String DAY_AND_MONTH = "d MMM";

    private static final Map<Long, String> FRENCH_DAYS = LongStream.rangeClosed(1, 31)
            .boxed()
            .collect(Collectors.toUnmodifiableMap(day -> day, day -> day == 1 ? "1er" : String.valueOf(day)));

    private PageDates() {}

    public static String day(LocalDate day, Locale language) {
        return formatter(DAY, language).format(day);
    }

    /** The sentence around it has to name the zone. */
    public static String moment(Instant at, ZoneId zone, Locale language) {
        return formatter(MOMENT, language).withZone(zone).format(at);
    }

    static DateTimeFormatter formatter(String pattern, Locale language) {
        boolean pseudo = language.getLanguage().equals(Messages.PSEUDO.getLanguage());
        int day = pattern.indexOf(DAY_AND_MONTH);
        if (day >= 0 && language.getLanguage().equals("fr")) {
            return new DateTimeFormatterBuilder()
                    .appendPattern(pattern.substring(0, day))
                    .appendText(ChronoField.DAY_OF_MONTH, FRENCH_DAYS)
                    .appendPattern(pattern.substring(day + 1))
                    .toFormatter(language);
        }
        return DateTimeFormatter.ofPattern(pattern, pseudo ? Locale.ENGLISH : language);
    }
}
