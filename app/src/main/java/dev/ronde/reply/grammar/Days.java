package dev.ronde.reply.grammar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Until when, in the words of an answer. */
final class Days {
    private static final Pattern SPAN = Pattern.compile(
            "(?:for |de |d'|in |dans |pendant )?(-?\\d{1,6}|one|a|une?) ?(h|hours?|heures?|d|days?|j|jours?|w|weeks?|sem|semaines?|m|months?|mois)");
    private static final Pattern ISO = Pattern.compile("(\\d{4})[-/.](\\d{2})[-/.](\\d{2})");
    private static final Pattern SLASHED = Pattern.compile("(\\d{1,2})[/.](\\d{1,2})(?:[/.](\\d{4}|\\d{2}))?");
    private static final Map<String, DayOfWeek> NAMES = Map.ofEntries(
            Map.entry("monday", DayOfWeek.MONDAY),
            Map.entry("tuesday", DayOfWeek.TUESDAY),
            Map.entry("wednesday", DayOfWeek.WEDNESDAY),
            Map.entry("thursday", DayOfWeek.THURSDAY),
            Map.entry("friday", DayOfWeek.FRIDAY),
            Map.entry("saturday", DayOfWeek.SATURDAY),
            Map.entry("sunday", DayOfWeek.SUNDAY),
            Map.entry("lundi", DayOfWeek.MONDAY),
            Map.entry("mardi", DayOfWeek.TUESDAY),
            Map.entry("mercredi", DayOfWeek.WEDNESDAY),
            Map.entry("jeudi", DayOfWeek.THURSDAY),
            Map.entry("vendredi", DayOfWeek.FRIDAY),
            Map.entry("samedi", DayOfWeek.SATURDAY),
            Map.entry("dimanche", DayOfWeek.SUNDAY));

    private Days() {}

    /** Reads a folded text; empty where no one day is meant.
     *
     * @param today in the zone of the person */
    static Optional<LocalDate> read(String text, LocalDate today, Locale locale) {
        Matcher span = SPAN.matcher(text);
        if (span.matches()) {
            return Optional.of(after(today, count(span.group(1)), span.group(2)));
        }
        String bare = text.replaceFirst("^(until|till|jusqu'au|jusqu'a|jusqu'en|au|a|le|on|to|before|d'ici) ", "")
                .replaceFirst("^(next|le) ", "")
                .replaceFirst(" (prochain|next)$", "");
        Optional<LocalDate> named = named(bare, today);
        if (named.isPresent()) {
            return named;
        }
        Matcher iso = ISO.matcher(bare);
        if (iso.matches()) {
            return NamedDay.of(iso.group(1), Integer.parseInt(iso.group(2)), Integer.parseInt(iso.group(3)), today);
        }
        Matcher slashed = SLASHED.matcher(bare);
        if (slashed.matches()) {
            return slashed(slashed, today, locale);
        }
        if (bare.equals("demain") || bare.equals("tomorrow")) {
            return Optional.of(today.plusDays(1));
        }
        return Optional.ofNullable(NAMES.get(bare)).map(name -> today.with(TemporalAdjusters.next(name)));
    }

    /** A day whose month is a word; beside a day of the week it has to be that one. */
    private static Optional<LocalDate> named(String text, LocalDate today) {
        int space = text.indexOf(' ');
        DayOfWeek weekday =
                space < 0 ? null : NAMES.get(text.substring(0, space).replaceFirst(",$", ""));
        String date = weekday == null ? text : text.substring(space + 1).replaceFirst("^(the|le) ", "");
        return NamedDay.in(date, today, true).filter(day -> weekday == null || day.getDayOfWeek() == weekday);
    }

    private static long count(String figures) {
        return Character.isLetter(figures.charAt(0)) ? 1 : Long.parseLong(figures);
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
