package dev.ronde.inbound.answer;

import dev.ronde.inbound.grammar.NamedDay;
import dev.ronde.inbound.message.Folding;
import dev.ronde.platform.text.Cut;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The last day of an absence, where the assistant's words name one plainly: the day behind “until” or “back on”. Other days, such as the due day
 * in a subject of ours, say nothing; figures that could be two days are left alone.
 */
final class AwayDates {
    private static final Pattern ISO = Pattern.compile("\\b(20\\d\\d)-(\\d\\d)-(\\d\\d)\\b");
    private static final Pattern FIGURES =
            Pattern.compile("\\b(\\d{1,2})(?:[/.](\\d{1,2})[/.](20\\d\\d)|/(\\d{1,2}))\\b");
    private static final Pattern TAG = Pattern.compile("\\[REV-\\d{1,15}\\].*", Pattern.DOTALL);

    /** What says that an absence ends; with the first group, that somebody is back then. */
    private static final Pattern ENDS = Pattern.compile("(?:\\b(?:until|till|through|jusqu'au|jusqu'a|jusque"
            + "|(?:from|du) [^\\n]{1,30}? (?:to|au))"
            + "|\\b(back|return|returning|be back|de retour|retour|reprise|reviens|revenir|rentre|rentrerai))"
            + "(?: (?:in|at|to|the|office|work|on|au|a|bureau|le|ce|la|of|prevu|prevue|and|including|inclus"
            + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche),?){0,5}"
            + " ?:? (\\d{1,4}(?:er|st|nd|rd|th)?[^\\n]{2,25}|[a-z]{3,9} \\d[^\\n]{0,20})");

    private static final int LOOKED = 2_000;

    private AwayDates() {}

    /**
     * The day named as the last one, or the one before the first one back; today or later.
     *
     * @param subject of which nothing is read from the tag of ours on
     */
    static Optional<LocalDate> until(String subject, List<String> lines, LocalDate today, Locale locale) {
        String own = TAG.matcher(subject).replaceFirst("");
        String folded =
                Stream.concat(Stream.of(own), lines.stream()).map(Folding::line).collect(Collectors.joining("\n"));
        Matcher ends = ENDS.matcher(Cut.to(folded, LOOKED));
        while (ends.find()) {
            boolean back = ends.group(1) != null;
            Optional<LocalDate> last = day(ends.group(2), today, locale)
                    .map(day -> back ? day.minusDays(1) : day)
                    .filter(day -> !day.isBefore(today));
            if (last.isPresent()) {
                return last;
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> day(String text, LocalDate today, Locale locale) {
        Matcher iso = ISO.matcher(text);
        if (iso.lookingAt()) {
            return NamedDay.of(iso.group(1), Integer.parseInt(iso.group(2)), Integer.parseInt(iso.group(3)), today);
        }
        Matcher figures = FIGURES.matcher(text);
        if (figures.lookingAt()) {
            boolean dayFirst = Integer.parseInt(figures.group(1)) > 12
                    || locale.getLanguage().equals("fr");
            String month = figures.group(2) == null ? figures.group(4) : figures.group(2);
            return dayFirst
                    ? NamedDay.of(figures.group(3), Integer.parseInt(month), Integer.parseInt(figures.group(1)), today)
                    : Optional.empty();
        }
        return NamedDay.in(text, today);
    }
}
