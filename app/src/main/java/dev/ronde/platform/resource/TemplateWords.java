package dev.ronde.platform.resource;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
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
                "day",
                new Day("d MMM yyyy"),
                "month",
                new Day("MMM"),
                "instant",
                new Moment(),
                "iso",
                new Iso(),
                "span",
                new Span());
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

    /** {@code due | day}: 28 Nov 2026; {@code due | month}: Nov. */
    private record Day(String pattern) implements Filter {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            return input instanceof LocalDate date ? formatter(pattern, context).format(date) : input;
        }
    }

    /** {@code at | instant(zone)}: 28 Nov 2026, 09:41. */
    private static final class Moment implements Filter {
        @Override
        public List<String> getArgumentNames() {
            return List.of("zone");
        }

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            ZoneId zone = ZoneId.of(String.valueOf(Objects.requireNonNullElse(arguments.get("zone"), "UTC")));
            return input instanceof Instant instant
                    ? formatter("d MMM yyyy, HH:mm", context).withZone(zone).format(instant)
                    : input;
        }
    }

    /** {@code value | iso}: the ISO 8601 text, for {@code <time datetime>}. */
    private static final class Iso implements Filter {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            return input == null ? "" : input.toString();
        }
    }

    /** {@code seconds | span}: the two largest units, 9 d 4 h. Takes a duration or a number of seconds. */
    private final class Span implements Filter {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return null;
        }

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int lineNumber) {
            Duration span = input instanceof Duration duration
                    ? duration
                    : input instanceof Number number ? Duration.ofSeconds(number.longValue()) : null;
            return span == null ? input : inWords(span, context.getLocale());
        }

        private String inWords(Duration span, Locale locale) {
            long days = span.toDays();
            long hours = span.toHours() % 24;
            long minutes = span.toMinutes() % 60;
            if (days > 0) {
                return messages.text(locale, "common.span.days_hours", days, hours);
            }
            if (hours > 0) {
                return messages.text(locale, "common.span.hours_minutes", hours, minutes);
            }
            return minutes > 0
                    ? messages.text(locale, "common.span.minutes", minutes)
                    : messages.text(locale, "common.span.seconds", span.toSeconds());
        }
    }

    private static DateTimeFormatter formatter(String pattern, EvaluationContext context) {
        return DateTimeFormatter.ofPattern(pattern, language(context.getLocale()));
    }

    private static Locale language(Locale locale) {
        return locale.getLanguage().equals(Messages.PSEUDO.getLanguage()) ? Locale.ENGLISH : locale;
    }
}
