package dev.ronde.review.plan;

import dev.ronde.cadence.Cadence.Every;
import dev.ronde.cadence.Cadence.Every.Unit;
import dev.ronde.cadence.Cadence.Monthly;
import dev.ronde.cadence.MonthRule;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.document.Reason;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

final class CadenceReader {

    // days may have a fifth digit, since weeks are kept as days
    private static final Pattern PERIOD = Pattern.compile("P(\\d{1,4}|\\d{5}(?=D))([DWMY])");

    private static final String FORMS = "{every: P3M, anchor: 2026-01-31}, {monthly: {weekday: tuesday, nth: 2}}, "
            + "{monthly: {day: 15}}, {monthly: last_day}, {once: 2026-12-15}";
    private static final Reason ONE_OF = Reason.of("cadence", "a cadence is one of these: " + FORMS, FORMS);
    private static final int MOST = 1000;

    private CadenceReader() {}

    static Optional<CadenceRule> read(Fields plan) {
        return plan.child("cadence", "every", "anchor", "monthly", "every_months", "once")
                .flatMap(fields -> read(plan, fields));
    }

    private static Optional<CadenceRule> read(Fields plan, Fields reader) {
        if (Stream.of("every", "monthly", "once").filter(reader::has).count() != 1) {
            plan.fault("cadence", "required", ONE_OF);
            return Optional.empty();
        }
        if (reader.has("once")) {
            return once(reader);
        }
        return reader.has("every") ? interval(reader) : ofMonth(reader);
    }

    private static Optional<CadenceRule> once(Fields reader) {
        for (String other : List.of("anchor", "every_months")) {
            if (reader.has(other)) {
                String english = "'" + other + "' says nothing for a single date; leave it out";
                reader.fault(other, "bad_value", Reason.of("once_alone", english, other));
            }
        }
        return reader.parsed("once", null, CadenceReader::date).map(CadenceRule.OneDate::new);
    }

    private static Optional<CadenceRule> interval(Fields reader) {
        if (reader.has("every_months")) {
            String english = "'every_months' goes with 'monthly'; write every: P<n>M instead";
            reader.fault("every_months", "bad_value", Reason.of("every_months", english));
        }
        Optional<LocalDate> anchor = reader.parsed("anchor", "2026-01-31", CadenceReader::date);
        return reader.parsed("every", "P3M", text -> every(text, anchor.orElse(LocalDate.EPOCH)))
                .filter(every -> anchor.isPresent())
                .map(CadenceRule.Interval::new);
    }

    private static Optional<CadenceRule> ofMonth(Fields reader) {
        Node node = reader.node("monthly").orElseThrow();
        Optional<Integer> outer = reader.parsed("every_months", null, CadenceReader::months);
        Optional<LocalDate> anchor = reader.parsed("anchor", null, CadenceReader::date);
        if (node instanceof Node.Scalar scalar) {
            if (!scalar.text().equals("last_day")) {
                reader.fault("monthly", "bad_value", ONE_OF);
                return Optional.empty();
            }
            return Optional.of(new CadenceRule.OfMonth(new MonthRule.LastDay(), outer.orElse(1), anchor.orElse(null)));
        }
        Optional<Fields> inner = reader.child("monthly", "weekday", "nth", "day", "every_months");
        return inner.flatMap(day -> {
            int step = outer.or(() -> day.parsed("every_months", null, CadenceReader::months))
                    .orElse(1);
            return rule(reader, day).map(rule -> new CadenceRule.OfMonth(rule, step, anchor.orElse(null)));
        });
    }

    private static Optional<MonthRule> rule(Fields outer, Fields day) {
        if (day.has("day") == day.has("weekday")) {
            outer.fault("monthly", "bad_value", ONE_OF);
            return Optional.empty();
        }
        if (day.has("day")) {
            return day.parsed("day", null, text -> new MonthRule.Day(number(text, 1, 31)));
        }
        Optional<DayOfWeek> weekday = day.parsed("weekday", null, CadenceReader::weekday);
        Optional<String> nth = day.scalar("nth", "2");
        if (weekday.isEmpty() || nth.isEmpty()) {
            return Optional.empty();
        }
        if (nth.get().equals("last")) {
            return Optional.of(new MonthRule.LastWeekday(weekday.get()));
        }
        return day.parsed("nth", null, text -> {
            if (!text.matches("[1-4]")) {
                throw Reason.noneOf(text, List.of("1", "2", "3", "4", "last")).refusal();
            }
            return new MonthRule.NthWeekday(weekday.get(), Integer.parseInt(text));
        });
    }

    private static Every every(String text, LocalDate anchor) {
        Matcher matcher = matched(text);
        Unit unit = switch (matcher.group(2)) {
            case "D" -> Unit.DAYS;
            case "W" -> Unit.WEEKS;
            case "M" -> Unit.MONTHS;
            default -> Unit.YEARS;
        };
        int count = Integer.parseInt(matcher.group(1));
        if (count < 1 || count > MOST) {
            String english = "'" + text + "' is no interval; write 1 to " + MOST + " days, weeks, months or years";
            throw Reason.of("interval", english, text, String.valueOf(MOST)).refusal();
        }
        return new Every(count, unit, anchor);
    }

    static Period period(String text) {
        Matcher matcher = matched(text);
        int count = Integer.parseInt(matcher.group(1));
        return switch (matcher.group(2)) {
            case "D" -> Period.ofDays(count);
            case "W" -> Period.ofWeeks(count);
            case "M" -> Period.ofMonths(count);
            default -> Period.ofYears(count);
        };
    }

    static LocalDate date(String text) {
        if (!text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw Reason.of("date", "'" + text + "' is not a date; write YYYY-MM-DD, for example 2026-01-31", text)
                    .refusal();
        }
        try {
            return LocalDate.parse(text);
        } catch (java.time.DateTimeException none) {
            throw Reason.of("no_day", "'" + text + "' is not in the calendar; write YYYY-MM-DD", text)
                    .refusal();
        }
    }

    static int number(String text, int least, int most) {
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw Reason.of(
                            "number",
                            "'" + text + "' is not a whole number from " + least + " to " + most,
                            text,
                            String.valueOf(least),
                            String.valueOf(most))
                    .refusal();
        }
        return Integer.parseInt(text);
    }

    private static Matcher matched(String text) {
        Matcher matcher = PERIOD.matcher(text);
        if (!matcher.matches()) {
            throw Reason.of(
                            "period",
                            "'" + text + "' is not a period; write P<n>D, P<n>W, P<n>M or P<n>Y, for example P14D",
                            text)
                    .refusal();
        }
        return matcher;
    }

    private static int months(String text) {
        if (!text.matches("\\d{1,2}") || !Monthly.STEPS.contains(Integer.parseInt(text))) {
            throw Reason.noneOf(
                            text,
                            Monthly.STEPS.stream().sorted().map(String::valueOf).toList())
                    .refusal();
        }
        return Integer.parseInt(text);
    }

    private static DayOfWeek weekday(String text) {
        try {
            return DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw Reason.of("weekday", "'" + text + "' is not a weekday; write monday to sunday", text)
                    .refusal();
        }
    }
}
