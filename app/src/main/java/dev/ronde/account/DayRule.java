package dev.ronde.account;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence rule (RFC 5545 §3.3.10) for whole days. What it does not know of a rule, it refuses: BYWEEKNO, parts of a day, calendars
 * other than the Gregorian.
 */
final class DayRule {
    private static final Set<String> PARTS = Set.of(
            "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYDAY", "BYSETPOS", "WKST");
    private static final Map<String, DayOfWeek> WEEKDAYS = Stream.of(DayOfWeek.values())
            .collect(Collectors.toMap(day -> day.name().substring(0, 2), day -> day));
    private static final int MOST = 10_000;
    /** Counting from an earlier year would take too long. */
    private static final int COUNTED_FROM = 1900;

    private enum Frequency {
        DAILY(ChronoUnit.DAYS),
        WEEKLY(ChronoUnit.WEEKS),
        MONTHLY(ChronoUnit.MONTHS),
        YEARLY(ChronoUnit.YEARS);

        private final ChronoUnit unit;

        Frequency(ChronoUnit unit) {
            this.unit = unit;
        }
    }

    /** @param nth which one of its month or year, from the end where negative; 0 for each */
    private record Weekday(int nth, DayOfWeek day) {}

    private final LocalDate first;
    private final Frequency frequency;
    private final int interval;
    private final @Nullable Integer count;
    private final @Nullable LocalDate until;
    private final Set<Integer> months;
    private final Set<Integer> monthDays;
    private final Set<Integer> yearDays;
    private final Set<Weekday> weekdays;
    private final Set<Integer> positions;
    private final DayOfWeek weekStart;

    /**
     * Reads a rule.
     *
     * @param start what DTSTART says
     * @param zone of UNTIL where that is an instant
     * @throws IllegalArgumentException for what it does not know
     */
    DayRule(String text, CalendarTime start, ZoneId zone) {
        Map<String, String> parts = parts(text);
        this.first = start.day();
        this.frequency = Frequency.valueOf(parts.getOrDefault("FREQ", ""));
        this.interval = parts.containsKey("INTERVAL") ? number(parts.get("INTERVAL"), 1, MOST) : 1;
        this.count = parts.containsKey("COUNT") ? (Integer) number(parts.get("COUNT"), 1, MOST) : null;
        this.until = parts.containsKey("UNTIL") ? until(parts.get("UNTIL"), start, zone) : null;
        this.months = numbers(parts.get("BYMONTH"), 1, 12, false);
        this.monthDays = numbers(parts.get("BYMONTHDAY"), 1, 31, true);
        this.yearDays = numbers(parts.get("BYYEARDAY"), 1, 366, true);
        this.positions = numbers(parts.get("BYSETPOS"), 1, 366, true);
        this.weekdays = weekdays(parts.get("BYDAY"));
        this.weekStart = weekday(parts.getOrDefault("WKST", "MO"));
        requireSense();
    }

    private void requireSense() {
        boolean nth = weekdays.stream().anyMatch(day -> day.nth() != 0);
        boolean several = !monthDays.isEmpty() || !yearDays.isEmpty() || !weekdays.isEmpty() || !months.isEmpty();
        require(count == null || until == null);
        require(count == null || first.getYear() >= COUNTED_FROM);
        require(!nth || frequency == Frequency.MONTHLY || frequency == Frequency.YEARLY);
        require(monthDays.isEmpty() || frequency != Frequency.WEEKLY);
        require(yearDays.isEmpty() || frequency == Frequency.YEARLY);
        require(positions.isEmpty() || several);
    }

    /**
     * The days of the rule in their order.
     *
     * @throws IllegalArgumentException where DTSTART is no day of its own rule and the answer depends on it: RFC 5545 leaves that undefined
     */
    List<LocalDate> days(LocalDate from, LocalDate to) {
        if (!chosen(begin(0)).contains(first) && (count != null || !first.isBefore(from))) {
            throw new IllegalArgumentException("DTSTART is no day of the rule");
        }
        List<LocalDate> days = new ArrayList<>();
        int taken = 0;
        for (long step = count == null ? skipped(from) : 0; ; step++) {
            LocalDate begin = begin(step);
            if (begin.isAfter(to)) {
                return days;
            }
            for (LocalDate day : chosen(begin)) {
                if (day.isAfter(to) || isOver(day, taken)) {
                    return days;
                }
                if (!day.isBefore(first)) {
                    taken++;
                    if (!day.isBefore(from)) {
                        days.add(day);
                    }
                }
            }
        }
    }

    private boolean isOver(LocalDate day, int taken) {
        return (until != null && day.isAfter(until)) || (count != null && taken >= count);
    }

    private LocalDate begin(long step) {
        LocalDate zero = switch (frequency) {
            case DAILY -> first;
            case WEEKLY -> first.with(TemporalAdjusters.previousOrSame(weekStart));
            case MONTHLY -> first.withDayOfMonth(1);
            case YEARLY -> first.withDayOfYear(1);
        };
        return zero.plus(step * interval, frequency.unit);
    }

    private long skipped(LocalDate from) {
        return Math.max(0, frequency.unit.between(begin(0), from) / interval - 1);
    }

    private List<LocalDate> chosen(LocalDate begin) {
        List<LocalDate> all = begin.datesUntil(begin.plus(1, frequency.unit))
                .filter(this::matches)
                .toList();
        if (positions.isEmpty()) {
            return all;
        }
        Set<Integer> indexes = new TreeSet<>();
        positions.forEach(position -> indexes.add(position > 0 ? position - 1 : all.size() + position));
        return indexes.stream()
                .filter(index -> index >= 0 && index < all.size())
                .map(all::get)
                .toList();
    }

    private boolean matches(LocalDate day) {
        int month = day.lengthOfMonth();
        int year = day.lengthOfYear();
        return (months.isEmpty() || months.contains(day.getMonthValue()))
                && (monthDays.isEmpty() || has(monthDays, day.getDayOfMonth(), month))
                && (yearDays.isEmpty() || has(yearDays, day.getDayOfYear(), year))
                && (weekdays.isEmpty() || weekdays.stream().anyMatch(weekday -> is(weekday, day)))
                && (!monthDays.isEmpty() || !yearDays.isEmpty() || !weekdays.isEmpty() || isAsTheFirst(day));
    }

    private static boolean has(Set<Integer> numbers, int number, int length) {
        return numbers.contains(number) || numbers.contains(number - length - 1);
    }

    private boolean is(Weekday weekday, LocalDate day) {
        if (weekday.nth() == 0 || day.getDayOfWeek() != weekday.day()) {
            return day.getDayOfWeek() == weekday.day();
        }
        boolean ofYear = frequency == Frequency.YEARLY && months.isEmpty();
        int number = ofYear ? day.getDayOfYear() : day.getDayOfMonth();
        int length = ofYear ? day.lengthOfYear() : day.lengthOfMonth();
        int nth = weekday.nth() > 0 ? (number - 1) / 7 + 1 : -((length - number) / 7 + 1);
        return nth == weekday.nth();
    }

    /** What a rule leaves out comes from DTSTART; days that a month does not have are skipped. */
    private boolean isAsTheFirst(LocalDate day) {
        return switch (frequency) {
            case DAILY -> true;
            case WEEKLY -> day.getDayOfWeek() == first.getDayOfWeek();
            case MONTHLY -> day.getDayOfMonth() == first.getDayOfMonth();
            case YEARLY ->
                day.getDayOfMonth() == first.getDayOfMonth()
                        && (!months.isEmpty() || day.getMonth() == first.getMonth());
        };
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new HashMap<>();
        for (String part : text.toUpperCase(Locale.ROOT).split(";")) {
            String[] pair = part.strip().split("=", 2);
            require(pair.length == 2 && PARTS.contains(pair[0]));
            require(parts.put(pair[0], pair[1]) == null);
        }
        return parts;
    }

    /** RFC 5545 forbids a DTSTART day with an UNTIL instant; then the later of the UTC and zone day counts. */
    private static LocalDate until(String text, CalendarTime start, ZoneId zone) {
        CalendarTime end = CalendarTime.read(text, zone).orElseThrow(() -> new IllegalArgumentException("UNTIL"));
        if (start.timed() || !end.utc()) {
            return end.day();
        }
        LocalDate written = LocalDate.parse(text.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
        return written.isAfter(end.day()) ? written : end.day();
    }

    private static Set<Integer> numbers(@Nullable String text, int low, int high, boolean fromTheEnd) {
        Set<Integer> numbers = new TreeSet<>();
        for (String one :
                Optional.ofNullable(text).map(list -> list.split(",", -1)).orElse(new String[0])) {
            int number = number(one, fromTheEnd ? -high : low, high);
            require(number != 0);
            numbers.add(number);
        }
        return numbers;
    }

    private static int number(@Nullable String text, int low, int high) {
        int number = Integer.parseInt(Optional.ofNullable(text).orElse("").strip());
        require(number >= low && number <= high);
        return number;
    }

    private static Set<Weekday> weekdays(@Nullable String text) {
        Set<Weekday> weekdays = new LinkedHashSet<>();
        for (String one :
                Optional.ofNullable(text).map(list -> list.split(",", -1)).orElse(new String[0])) {
            String plain = one.strip();
            require(plain.length() >= 2);
            String nth = plain.substring(0, plain.length() - 2);
            int number = nth.isEmpty() ? 0 : number(nth, -53, 53);
            require(nth.isEmpty() || number != 0);
            weekdays.add(new Weekday(number, weekday(plain.substring(plain.length() - 2))));
        }
        return weekdays;
    }

    private static DayOfWeek weekday(String text) {
        return Optional.ofNullable(WEEKDAYS.get(text)).orElseThrow(() -> new DateTimeException(text));
    }

    private static void require(boolean understood) {
        if (!understood) {
            throw new IllegalArgumentException("not followed");
        }
    }
}
