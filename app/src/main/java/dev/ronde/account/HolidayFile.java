package dev.ronde.account;

import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.io.ParseWarning;
import biweekly.io.scribe.component.RawComponentScribe;
import biweekly.io.text.ICalReader;
import dev.ronde.platform.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the holidays of an iCalendar file (RFC 5545): what lasts whole days, once or every year. An event that cannot be
 * understood refuses the whole file and is named, so that no holiday is missing in silence; appointments, which have hours, are counted and
 * left out.
 */
final class HolidayFile {
    /** Days are expanded from the first of last year to the end of the year this many years ahead. */
    private static final int YEARS = 10;

    private static final int MOST = 2000;
    private static final Set<String> READ =
            Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID");

    private HolidayFile() {}

    /**
     * What a file says.
     *
     * @param days by date
     * @param leftOut events with hours
     */
    record Content(List<Holiday> days, int leftOut) {}

    /**
     * Reads a file.
     *
     * @param today in the zone
     * @throws Problem 422 for a file that is not whole, has no holidays, too many of them, or an event that cannot be understood
     */
    static Content read(ZoneId zone, String text, LocalDate today) {
        LocalDate from = LocalDate.of(today.getYear() - 1, 1, 1);
        LocalDate to = LocalDate.of(today.getYear() + YEARS, 12, 31);
        List<VEvent> read = events(text);
        requireFew(read.size());
        Map<LocalDate, String> days = new TreeMap<>();
        int leftOut = 0;
        for (VEvent one : read) {
            HolidayEvent event = HolidayEvent.of(one);
            if (event.cancelled()) {
                continue;
            }
            if (event.wholeDays()) {
                String name = event.name();
                event.days(from, to).forEach(day -> days.putIfAbsent(day, name));
                requireFew(days.size());
            } else {
                leftOut++;
            }
        }
        if (days.isEmpty()) {
            throw Problem.invalid(
                            "/calendar",
                            "no_holidays",
                            "This file has no event of whole days (BEGIN:VEVENT, DTSTART) from " + from + " to " + to
                                    + ".")
                    .values(from.toString(), to.toString());
        }
        return new Content(
                days.entrySet().stream()
                        .map(day -> new Holiday(zone.getId(), day.getKey(), day.getValue()))
                        .toList(),
                leftOut);
    }

    /** The events of a text; what the library would pass over is refused, and so is a file that ends in the middle. */
    private static List<VEvent> events(String text) {
        for (String component : List.of("VCALENDAR", "VEVENT")) {
            if (lines(text, "BEGIN:" + component) != lines(text, "END:" + component)) {
                throw Problem.invalid(
                                "/calendar",
                                "file_cut",
                                "This file is not whole: BEGIN and END of " + component
                                        + " do not belong together. Nothing was taken in.")
                        .values(component);
            }
        }
        List<VEvent> events = new ArrayList<>();
        try (ICalReader reader = new ICalReader(text)) {
            // zones are not needed, and the library would walk their rules from their first year on
            reader.registerScribe(new RawComponentScribe("VTIMEZONE"));
            for (ICalendar calendar = reader.readNext(); calendar != null; calendar = reader.readNext()) {
                reader.getWarnings().stream()
                        .filter(warning -> READ.contains(String.valueOf(warning.getPropertyName())))
                        .findFirst()
                        .ifPresent(warning -> {
                            throw unread(warning);
                        });
                events.addAll(calendar.getEvents());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return events;
    }

    private static long lines(String text, String line) {
        return text.lines().filter(one -> one.strip().equalsIgnoreCase(line)).count();
    }

    private static Problem unread(ParseWarning warning) {
        String line = String.valueOf(warning.getLineNumber());
        String property = String.valueOf(warning.getPropertyName());
        return Problem.invalid(
                        "/calendar",
                        "line_not_read",
                        "Line " + line + " (" + property
                                + ") cannot be understood. Nothing was taken in; correct it, or take its"
                                + " event out of the file.")
                .values(line, property);
    }

    private static void requireFew(int number) {
        if (number > MOST) {
            throw Problem.invalid(
                            "/calendar",
                            "too_many",
                            "This file names more than " + MOST + " days or events. Send one with the holidays alone.")
                    .values(String.valueOf(MOST));
        }
    }
}
