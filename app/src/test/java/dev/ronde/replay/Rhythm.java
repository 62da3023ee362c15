package dev.ronde.replay;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * How often, written down anew for the model: by counting from the first slot, one after the other.
 *
 * @param json as a plan says it
 * @param days about how many days lie between two slots
 * @param slot the nth slot, 0 the first
 */
record Rhythm(String json, int days, IntFunction<LocalDate> slot) {

    static Rhythm months(int months, LocalDate anchor) {
        return new Rhythm(every(months, "M", anchor), months * 30, n -> anchor.plusMonths((long) n * months));
    }

    static Rhythm weeks(int weeks, LocalDate anchor) {
        return new Rhythm(every(weeks, "W", anchor), weeks * 7, n -> anchor.plusDays(7L * n * weeks));
    }

    static Rhythm days(int days, LocalDate anchor) {
        return new Rhythm(every(days, "D", anchor), days, n -> anchor.plusDays((long) n * days));
    }

    /** The nth such weekday; 0 for the last. */
    static Rhythm weekday(DayOfWeek weekday, int nth, int months, LocalDate from) {
        String rule = "{\"weekday\":\"%s\",\"nth\":%s}"
                .formatted(weekday.name().toLowerCase(Locale.ROOT), nth == 0 ? "\"last\"" : String.valueOf(nth));
        return ofMonth(rule, months, from, month -> {
            List<LocalDate> all =
                    days(month).filter(day -> day.getDayOfWeek() == weekday).toList();
            return all.get(nth == 0 ? all.size() - 1 : nth - 1);
        });
    }

    static Rhythm dayOfMonth(int day, int months, LocalDate from) {
        return ofMonth(
                "{\"day\":" + day + "}", months, from, month -> month.atDay(Math.min(day, month.lengthOfMonth())));
    }

    static Rhythm lastDay(int months, LocalDate from) {
        return ofMonth("\"last_day\"", months, from, YearMonth::atEndOfMonth);
    }

    /** The first slot on or after the day. */
    LocalDate from(LocalDate day) {
        int n = 0;
        while (slot.apply(n).isBefore(day)) {
            n++;
        }
        return slot.apply(n);
    }

    private static String every(int count, String unit, LocalDate anchor) {
        return "{\"every\":\"P%d%s\",\"anchor\":\"%s\"}".formatted(count, unit, anchor);
    }

    /** The first slot is the first match from the day on which assets are enrolled. */
    private static Rhythm ofMonth(String rule, int months, LocalDate from, Function<YearMonth, LocalDate> in) {
        YearMonth month = YearMonth.from(from);
        YearMonth first = in.apply(month).isBefore(from) ? month.plusMonths(1) : month;
        return new Rhythm(
                "{\"monthly\":%s,\"every_months\":%d}".formatted(rule, months),
                months * 30,
                n -> in.apply(first.plusMonths((long) n * months)));
    }

    private static Stream<LocalDate> days(YearMonth month) {
        return month.atDay(1).datesUntil(month.plusMonths(1).atDay(1));
    }
}
