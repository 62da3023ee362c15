package dev.ronde.inbound.grammar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A day whose month is a word, in folded text of both languages: “20 march”, “1er mars 2026”, “mar. 20th”. */
public final class NamedDay {
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
    private static final Pattern DAY_FIRST =
            Pattern.compile("\\b(\\d{1,2})(?:er|st|nd|rd|th)? (?:of )?([a-z]{3,9})\\.?(?:,? (20\\d\\d))?\\b");
    private static final Pattern MONTH_FIRST =
            Pattern.compile("\\b([a-z]{3,9})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?:,? (20\\d\\d))?\\b");

    private NamedDay() {}

    /** The day the text begins with.
     *
     * @param today in the zone of the person; without a year the day is the next of that name */
    public static Optional<LocalDate> in(String text, LocalDate today) {
        Matcher dayFirst = DAY_FIRST.matcher(text);
        if (dayFirst.lookingAt()) {
            return of(dayFirst.group(3), dayFirst.group(2), dayFirst.group(1), today);
        }
        Matcher monthFirst = MONTH_FIRST.matcher(text);
        return monthFirst.lookingAt()
                ? of(monthFirst.group(3), monthFirst.group(1), monthFirst.group(2), today)
                : Optional.empty();
    }

    private static Optional<LocalDate> of(@Nullable String year, String month, String day, LocalDate today) {
        List<Integer> months = IntStream.range(0, MONTHS.size())
                .filter(index -> Stream.of(MONTHS.get(index).split(" ")).anyMatch(name -> name.startsWith(month)))
                .boxed()
                .toList();
        return months.size() == 1 ? of(year, months.get(0) + 1, Integer.parseInt(day), today) : Optional.empty();
    }

    /** A day by its figures.
     *
     * @param year as it was written; null for the next day of that name, today included
     * @return empty where there is no such day */
    public static Optional<LocalDate> of(@Nullable String year, int month, int day, LocalDate today) {
        try {
            if (year != null) {
                return Optional.of(LocalDate.of(Integer.parseInt(year), month, day));
            }
            LocalDate date = LocalDate.of(today.getYear(), month, day);
            return Optional.of(date.isBefore(today) ? date.plusYears(1) : date);
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
