package dev.ronde.account;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One event of a file of holidays: on which days it is, or why that cannot be said. */
final class HolidayEvent {
    private static final int LONGEST = 366;
    private static final Set<String> ONCE = Set.of("DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID");
    private static final Pattern DURATION =
            Pattern.compile("\\+?P(?=.)(?:(\\d{1,3})W|(?:(\\d{1,3})D)?(?:T(\\d{1,4})H)?)");

    private static final Pattern PARTS_OF_A_DAY =
            Pattern.compile("\\+?P(?:\\d{1,9}D)?T(?=.)(?:\\d{1,9}H)?(?:\\d{1,9}M)?(?:\\d{1,9}S)?");

    private final CalendarLines.Event event;
    private final ZoneId zone;
    private final CalendarTime start;
    private final int length;

    /**
     * Reads an event.
     *
     * @throws Problem 422 that names the event and its line, where it cannot be understood
     */
    HolidayEvent(CalendarLines.Event event, ZoneId zone) {
        this.event = event;
        this.zone = zone;
        for (String name : ONCE) {
            List<CalendarLines.Property> all = event.all(name);
            if (all.size() > 1) {
                throw refused("event_not_read", all.get(1).text());
            }
        }
        this.start = time(event.first("DTSTART").orElseThrow(() -> refused("event_not_read", "DTSTART")));
        this.length = length();
    }

    String name() {
        String plain = event.text("SUMMARY")
                .replace("\\,", ",")
                .replace("\\;", ";")
                .replaceAll("\\\\[nN]", " ")
                .replace("\\\\", "\\");
        return Cut.to(Names.clean(plain), 200);
    }

    String uid() {
        return event.text("UID");
    }

    boolean cancelled() {
        return event.text("STATUS").equalsIgnoreCase("CANCELLED");
    }

    boolean wholeDays() {
        return length > 0;
    }

    /** The day of the event with the same UID that this one replaces; null if it replaces none. */
    @Nullable
    LocalDate insteadOf() {
        CalendarLines.Property property = event.first("RECURRENCE-ID").orElse(null);
        if (property == null) {
            return null;
        }
        if (property.parameters().containsKey("RANGE") || event.first("RRULE").isPresent()) {
            throw refused("rule_not_followed", property.text());
        }
        return time(property).day();
    }

    /** The days in the closed range, in order, without occurrences that begin on one of the exceptions. */
    Set<LocalDate> days(LocalDate from, LocalDate to, Set<LocalDate> exceptions) {
        Set<LocalDate> starts = new TreeSet<>(starts(from.minusDays(length), to));
        event.all("RDATE").forEach(property -> starts.addAll(days(property)));
        // one by one: TreeSet.removeAll looks through a list for each of its elements
        event.all("EXDATE").forEach(property -> days(property).forEach(starts::remove));
        exceptions.forEach(starts::remove);
        Set<LocalDate> days = new LinkedHashSet<>();
        LocalDate free = from;
        for (LocalDate first : starts) {
            LocalDate end = first.plusDays(length);
            LocalDate last = end.isAfter(to) ? to.plusDays(1) : end;
            LocalDate begin = first.isBefore(free) ? free : first;
            if (begin.isBefore(last)) {
                begin.datesUntil(last).forEach(days::add);
                free = last;
            }
        }
        return days;
    }

    private List<LocalDate> starts(LocalDate from, LocalDate to) {
        event.first("EXRULE").ifPresent(rule -> {
            throw refused("rule_not_followed", rule.text());
        });
        CalendarLines.Property rule = event.first("RRULE").orElse(null);
        if (rule == null) {
            return List.of(start.day());
        }
        try {
            if (start.utc()) {
                throw new IllegalArgumentException("its time of day moves with the seasons");
            }
            return new DayRule(rule.value(), start, zone).days(from, to);
        } catch (IllegalArgumentException | java.time.DateTimeException notFollowed) {
            throw refused("rule_not_followed", rule.text());
        }
    }

    private List<LocalDate> days(CalendarLines.Property property) {
        return property.values().stream()
                .map(value -> CalendarTime.read(value, zone)
                        .filter(CalendarTime::midnight)
                        .map(CalendarTime::day)
                        .orElseThrow(() -> refused("event_not_read", property.text())))
                .toList();
    }

    private CalendarTime time(CalendarLines.Property property) {
        return CalendarTime.read(property.value(), zone).orElseThrow(() -> refused("event_not_read", property.text()));
    }

    private int length() {
        CalendarLines.Property end = event.first("DTEND").orElse(null);
        CalendarLines.Property duration = event.first("DURATION").orElse(null);
        if (end != null && duration != null) {
            throw refused("event_not_read", duration.text());
        }
        long days = start.timed() ? 0 : 1;
        if (end != null) {
            days = until(end);
        } else if (duration != null) {
            days = lasting(duration);
        }
        if (days > LONGEST) {
            throw refused(
                    "event_not_read", (end == null ? event.first("DTSTART").orElseThrow() : end).text());
        }
        return start.midnight() ? (int) days : 0;
    }

    /** The end is exclusive, but many programs write the only day as the end. */
    private long until(CalendarLines.Property property) {
        CalendarTime end = time(property);
        long days = ChronoUnit.DAYS.between(start.day(), end.day());
        if (days < 0 || end.timed() != start.timed()) {
            throw refused("event_not_read", property.text());
        }
        if (!start.timed()) {
            return Math.max(1, days);
        }
        return end.midnight() ? days : 0;
    }

    private long lasting(CalendarLines.Property property) {
        String text = property.value().toUpperCase(Locale.ROOT);
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            if (start.timed() && PARTS_OF_A_DAY.matcher(text).matches()) {
                return 0;
            }
            throw refused("event_not_read", property.text());
        }
        long hours = Stream.of(number(matcher, 1) * 7 * 24, number(matcher, 2) * 24, number(matcher, 3))
                .mapToLong(Long::longValue)
                .sum();
        if (!start.timed() && (hours == 0 || hours % 24 != 0)) {
            throw refused("event_not_read", property.text());
        }
        return hours % 24 == 0 ? hours / 24 : 0;
    }

    private static long number(Matcher matcher, int group) {
        return Optional.ofNullable(matcher.group(group)).map(Long::parseLong).orElse(0L);
    }

    private Problem refused(String code, String what) {
        String name = name().isEmpty() ? uid() : name();
        String shown = Cut.to(name, 100);
        String text = Cut.to(what, 200);
        String line = String.valueOf(event.line());
        return Problem.invalid(
                        "/calendar",
                        code,
                        "“" + shown + "” (line " + line + ") "
                                + (code.equals("event_not_read")
                                        ? "cannot be understood: "
                                        : "comes back by a rule that is not followed: ")
                                + text + ". Nothing was taken in; write its days out, or take it out of the file.")
                .values(shown, line, text);
    }
}
