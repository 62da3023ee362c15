package dev.ronde.platform.resource;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What templates can say beside Pebble's own words: {@code t(key, …)}, and dates, instants and durations as people write them. */
final class TemplateWords extends AbstractExtension {
    private final Messages messages;

    TemplateWords(Messages messages) {
        this.messages = messages;
    }

    @Override
    public Map<String, Function> getFunctions() {
        return Map.of("t", new Text());
    }

    @Override
    public Map<String, Filter> getFilters() {
        return Map.of(
                // due | day: 28 Nov 2026; due | month: Nov
                "day", Word.of((input, arguments, locale) -> day(PageDates.DAY, input, locale)),
                "month", Word.of((input, arguments, locale) -> day("MMM", input, locale)),
                // at | instant(zone): 28 Nov 2026, 09:41
                "instant", new Word(List.of("zone"), moment(PageDates.MOMENT)),
                // at | weekday(zone): Monday 30 Nov 2026, 09:00
                "weekday", new Word(List.of("zone"), moment("EEEE d MMM yyyy, HH:mm")),
                // value | iso: the ISO 8601 text, for <time datetime>; empty for nothing
                "iso", Word.of((input, arguments, locale) -> input == null ? "" : input.toString()),
                // seconds | span: the two largest units, 9 d 4 h; takes a duration, a number of seconds, or a period of
                // days and months
                "span", Word.of((input, arguments, locale) -> span(input, locale)));
    }

    /** A filter returns input that it does not understand unchanged. */
    private interface Saying {
        @Nullable
        Object say(@Nullable Object input, Map<String, Object> arguments, Locale locale);
    }

    private record Word(@Nullable List<String> names, Saying saying) implements Filter {
        static Word of(Saying saying) {
            return new Word(null, saying);
        }

        @Override
        public @Nullable List<String> getArgumentNames() {
            return names;
        }

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            return saying.say(input, arguments, context.getLocale());
        }
    }

    private final class Text implements Function {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            Object[] values = new Object[Math.max(0, arguments.size() - 1)];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(String.valueOf(i + 1));
            }
            return messages.text(context.getLocale(), String.valueOf(arguments.get("0")), values);
        }
    }

    private static @Nullable Object day(String pattern, @Nullable Object input, Locale locale) {
        return input instanceof LocalDate date ? formatter(pattern, locale).format(date) : input;
    }

    private static Saying moment(String pattern) {
        return (input, arguments, locale) -> {
            ZoneId zone = ZoneId.of(String.valueOf(Objects.requireNonNullElse(arguments.get("zone"), "UTC")));
            return input instanceof Instant instant
                    ? formatter(pattern, locale).withZone(zone).format(instant)
                    : input;
        };
    }

    private @Nullable Object span(@Nullable Object input, Locale locale) {
        if (input instanceof Period period) {
            return inWords(period.normalized(), locale);
        }
        Duration span = input instanceof Duration duration
                ? duration
                : input instanceof Number number ? Duration.ofSeconds(number.longValue()) : null;
        return span == null ? input : inWords(span, locale);
    }

    private String inWords(Period period, Locale locale) {
        int years = period.getYears();
        int months = period.getMonths();
        int days = period.getDays();
        List<String> parts = new ArrayList<>();
        if (years != 0) {
            parts.add(messages.text(locale, "common.span.years", years));
        }
        if (months != 0) {
            parts.add(messages.text(locale, "common.span.months", months));
        }
        if (days != 0 || parts.isEmpty()) {
            parts.add(messages.text(locale, "common.span.days", days));
        }
        return String.join(" ", parts);
    }

    private String inWords(Duration span, Locale locale) {
        long days = span.toDays();
        long hours = span.toHours() % 24;
        long minutes = span.toMinutes() % 60;
        if (days > 0) {
            return hours == 0
                    ? messages.text(locale, "common.span.days", days)
                    : messages.text(locale, "common.span.days_hours", days, hours);
        }
        if (hours > 0) {
            return minutes == 0
                    ? messages.text(locale, "common.span.hours", hours)
                    : messages.text(locale, "common.span.hours_minutes", hours, minutes);
        }
        return minutes > 0
                ? messages.text(locale, "common.span.minutes", minutes)
                : messages.text(locale, "common.span.seconds", span.toSeconds());
    }

    private static DateTimeFormatter formatter(String pattern, Locale locale) {
        return PageDates.formatter(pattern, locale);
    }
}
