package dev.ronde.reply.inbox;

import dev.ronde.mail.inbound.Folded;
import dev.ronde.platform.text.Cut;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The last day of an absence, where the assistant's words name one plainly; figures that could be two days are left alone. */
final class AwayDates {
    private static final List<String> MONTHS = List.of(
            "january janvier",
            "february fevrier",
            "march mars",
            "april avril",
            "may mai",
            "june juin",
            "july juillet",
            "august aout",
            "september septembre",
            "october octobre",
            "november novembre",
            "december decembre");
    private static final Pattern ISO = Pattern.compile("\\b(20\\d\\d)-(\\d\\d)-(\\d\\d)\\b");
    private static final Pattern FIGURES = Pattern.compile("\\b(\\d{1,2})[/.](\\d{1,2})[/.](20\\d\\d)\\b");
    private static final Pattern WORDS =
            Pattern.compile("\\b(\\d{1,2})(?:er|st|nd|rd|th)? ([a-z]{3,9})(?: (20\\d\\d))?\\b");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("\\b([a-z]{3,9}) (\\d{1,2})(?:st|nd|rd|th)?(?:,? (20\\d\\d))?\\b");
    private static final int LOOKED = 2_000;

    private AwayDates() {}

    /** The latest future day in the text. */
    static Optional<LocalDate> until(String text, LocalDate today, Locale locale) {
        String folded = Folded.line(Cut.to(text, LOOKED));
        @Nullable LocalDate latest = null;
        Matcher iso = ISO.matcher(folded);
        while (iso.find()) {
            latest = later(latest, date(iso.group(1), iso.group(2), iso.group(3), today));
        }
        Matcher figures = FIGURES.matcher(folded);
        while (figures.find()) {
            int first = Integer.parseInt(figures.group(1));
            if (first > 12 || locale.getLanguage().equals("fr")) {
                latest = later(latest, date(figures.group(3), figures.group(2), figures.group(1), today));
            }
        }
        Matcher words = WORDS.matcher(folded);
        while (words.find()) {
            latest = later(latest, named(words.group(3), words.group(2), words.group(1), today));
        }
        Matcher monthFirst = MONTH_FIRST.matcher(folded);
        while (monthFirst.find()) {
            latest = later(latest, named(monthFirst.group(3), monthFirst.group(1), monthFirst.group(2), today));
        }
        return Optional.ofNullable(latest).filter(day -> !day.isBefore(today));
    }

    private static Optional<LocalDate> named(String year, String month, String day, LocalDate today) {
        for (int index = 0; index < MONTHS.size(); index++) {
            if (List.of(MONTHS.get(index).split(" ")).contains(month)) {
                return date(year == null ? "" : year, String.valueOf(index + 1), day, today);
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> date(String year, String month, String day, LocalDate today) {
        try {
            LocalDate date = LocalDate.of(
                    year.isEmpty() ? today.getYear() : Integer.parseInt(year),
                    Integer.parseInt(month),
                    Integer.parseInt(day));
            return Optional.of(year.isEmpty() && date.isBefore(today) ? date.plusYears(1) : date);
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static @Nullable LocalDate later(@Nullable LocalDate one, Optional<LocalDate> other) {
        return other.isEmpty() || (one != null && one.isAfter(other.get())) ? one : other.get();
    }
}
