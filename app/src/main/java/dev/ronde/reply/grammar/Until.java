package dev.ronde.reply.grammar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Until when reminders pause, and what is said beside the day.
 *
 * @param day empty where no one day is meant
 * @param comment folded; empty where nothing is said */
record Until(Optional<LocalDate> day, String comment) {
    private static final Pattern MARK = Pattern.compile(" ?[,;:!]+ ?| ?[.]+(?= )| -+ ");

    private static final Pattern ANOTHER = Pattern.compile("(\\d|or\\b|ou\\b|until\\b|till\\b|jusqu'|au \\d).*");

    private static final Until NONE = new Until(Optional.empty(), "");

    /** Reads a folded text that is a day and nothing else.
     *
     * @param today in the zone of the person */
    static Until whole(String text, LocalDate today, Locale locale) {
        return new Until(day(text, today, locale).day(), "");
    }

    /** Reads a folded text that begins with a day; the longest beginning that is one counts, since a day may have a comma.
     *
     * @param today in the zone of the person */
    static Until first(String text, LocalDate today, Locale locale) {
        Days.Found all = day(text, today, locale);
        if (all.ambiguous() || all.day().isPresent()) {
            return new Until(all.day(), "");
        }
        List<int[]> marks = new ArrayList<>();
        Matcher mark = MARK.matcher(text);
        while (mark.find()) {
            marks.add(0, new int[] {mark.start(), mark.end()});
        }
        for (int[] at : marks) {
            Days.Found found = day(text.substring(0, at[0]), today, locale);
            if (found.ambiguous()) {
                return NONE;
            }
            if (found.day().isPresent()) {
                String comment = text.substring(at[1]).replaceFirst("^[ ,.;:!-]+", "");
                boolean another = ANOTHER.matcher(comment).matches()
                        || Days.read(comment, today, locale).day().isPresent();
                return another ? NONE : new Until(found.day(), comment);
            }
        }
        return NONE;
    }

    private static Days.Found day(String text, LocalDate today, Locale locale) {
        String bare = Words.PLEASE.matcher(text).replaceFirst("");
        return Days.read(bare.replaceFirst("[.!,;]+$", "").strip(), today, locale);
    }
}
