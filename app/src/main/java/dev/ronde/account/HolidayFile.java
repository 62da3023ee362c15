package dev.ronde.account;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the all-day events of an iCalendar file (RFC 5545): their first day up to, not including, DTEND, and their SUMMARY. An event that
 * comes back each year (RRULE FREQ=YEARLY without more) is taken for ten years; other rules are refused by name, never half understood.
 */
final class HolidayFile {
    private static final int YEARS = 10;
    private static final int MOST = 2000;
    private static final int LONGEST = 31;

    private HolidayFile() {}

    /**
     * The days by date.
     *
     * @throws Problem 422 for a file without all-day events, or with a rule that cannot be followed
     */
    static List<Holiday> read(String zone, String text) {
        Map<LocalDate, String> days = new TreeMap<>();
        Map<String, String> event = null;
        for (String line : text.replaceAll("\\r?\\n[ \\t]", "").split("\\r?\\n", -1)) {
            String upper = line.strip().toUpperCase(Locale.ROOT);
            if (upper.equals("BEGIN:VEVENT")) {
                event = new LinkedHashMap<>();
            } else if (upper.equals("END:VEVENT") && event != null) {
                add(event, days);
                event = null;
            } else if (event != null && line.contains(":")) {
                String name =
                        line.substring(0, line.indexOf(':')).split(";", 2)[0].toUpperCase(Locale.ROOT);
                event.putIfAbsent(name, line.substring(line.indexOf(':') + 1).strip());
            }
        }
        if (days.isEmpty() || days.size() > MOST) {
            throw Problem.invalid(
                    "/calendar",
                    "no_holidays",
                    "Send an iCalendar file with 1 to " + MOST + " all-day events (BEGIN:VEVENT, DTSTART).");
        }
        return days.entrySet().stream()
                .map(day -> new Holiday(zone, day.getKey(), day.getValue()))
                .toList();
    }

    private static void add(Map<String, String> event, Map<LocalDate, String> days) {
        LocalDate first = day(event.get("DTSTART"));
        if (first == null || "CANCELLED".equalsIgnoreCase(event.get("STATUS"))) {
            return;
        }
        LocalDate end = day(event.get("DTEND"));
        LocalDate after = end == null || !end.isAfter(first) ? first.plusDays(1) : end;
        String name = name(event.getOrDefault("SUMMARY", ""));
        int years = years(event.get("RRULE"), name);
        for (int year = 0; year < years; year++) {
            LocalDate last = after.isAfter(first.plusDays(LONGEST)) ? first.plusDays(LONGEST) : after;
            for (LocalDate day = first; day.isBefore(last); day = day.plusDays(1)) {
                days.putIfAbsent(day.plusYears(year), name);
            }
        }
    }

    private static int years(@Nullable String rule, String name) {
        if (rule == null) {
            return 1;
        }
        if (rule.toUpperCase(Locale.ROOT).replace(";INTERVAL=1", "").equals("FREQ=YEARLY")) {
            return YEARS;
        }
        throw Problem.invalid(
                "/calendar",
                "rule_not_followed",
                "“" + name + "” has the rule " + rule + "; write its days out, or FREQ=YEARLY alone.");
    }

    /** A date without a time; anything else is no all-day event. */
    private static @Nullable LocalDate day(@Nullable String value) {
        try {
            return value == null || value.length() != 8
                    ? null
                    : LocalDate.parse(value, DateTimeFormatter.BASIC_ISO_DATE);
        } catch (DateTimeException broken) {
            return null;
        }
    }

    private static String name(String summary) {
        String plain =
                Names.clean(summary.replace("\\,", ",").replace("\\;", ";").replace("\\n", " "));
        return Cut.to(plain, 200);
    }
}
