package dev.ronde.inbound.grammar;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Until when, in the words of an answer: so many days, weeks or months, or a date in figures. */
final class Days {
    private static final Pattern SPAN = Pattern.compile(
            "(?:for |de |in |dans |pendant )?(-?\\d{1,6}) ?(h|hours?|heures?|d|days?|j|jours?|w|weeks?|sem|semaines?|m|months?|mois)");
    private static final Pattern ISO = Pattern.compile("(\\d{4})[-/.](\\d{2})[-/.](\\d{2})");
    private static final Pattern SLASHED = Pattern.compile("(\\d{1,2})[/.](\\d{1,2})(?:[/.](\\d{4}|\\d{2}))?");

    private Days() {}

    /** Reads a folded text; empty where no one day is meant.
     *
     * @param today in the zone of the person */
    static Optional<LocalDate> read(String text, LocalDate today, Locale locale) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            return Optional.of(after(today, Long.parseLong(span.group(1)), span.group(2)));
        }
        String bare = text.replaceFirst("^(until|till|jusqu'au|au|le|on|to) ", "");
        Matcher iso = ISO.matcher(bare);
        if (iso.matches()) {
            return NamedDay.of(iso.group(1), Integer.parseInt(iso.group(2)), Integer.parseInt(iso.group(3)), today);
        }
        Matcher slashed = SLASHED.matcher(bare);
        return slashed.matches() ? slashed(slashed, today, locale) : Optional.empty();
    }

    /** Hours end on the next day: reminders know days only. */
    private static LocalDate after(LocalDate today, long count, String unit) {
        long bounded = Math.max(-1_000, Math.min(count, 100_000));
        return switch (unit.charAt(0)) {
            case 'h' -> today.plusDays(Math.max(1, (bounded + 23) / 24));
            case 'w', 's' -> today.plusWeeks(bounded);
            case 'm' -> today.plusMonths(bounded);
            default -> today.plusDays(bounded);
        };
    }

    /** 20/03 is a day first everywhere but where 3/20 is meant; 03/04 only where days come first. */
    private static Optional<LocalDate> slashed(Matcher slashed, LocalDate today, Locale locale) {
        int first = Integer.parseInt(slashed.group(1));
        boolean dayFirst =
                locale.getLanguage().equals("fr") || locale.getCountry().equals("GB") || first > 12;
        if (!dayFirst) {
            return Optional.empty();
        }
        String year =
                slashed.group(3) == null || slashed.group(3).length() == 4 ? slashed.group(3) : "20" + slashed.group(3);
        return NamedDay.of(year, Integer.parseInt(slashed.group(2)), first, today);
    }
}
