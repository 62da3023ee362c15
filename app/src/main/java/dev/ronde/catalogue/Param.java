package dev.ronde.catalogue;

import com.google.re2j.Pattern;
import dev.ronde.catalogue.cel.FactType;
import java.net.IDN;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parameter of a check, with the bounds that an override must keep.
 *
 * @param type type of its value
 * @param standard value without an override
 * @param min lowest value, for numbers and durations
 * @param max highest value, for numbers and durations
 * @param allowed only values (or list entries), empty for any
 * @param pattern what a text, or every text of a list, must match as a whole; null for any
 * @param format what every text of a list must be; null for anything
 * @param maxItems entries a list may have at most; null for any number
 * @param atLeast entries an overriding list must hold
 * @param addOnly whether an override adds to the default list instead of replacing it
 */
public record Param(
        Type type,
        Object standard,
        @Nullable Object min,
        @Nullable Object max,
        @Nullable Pattern pattern,
        @Nullable Format format,
        @Nullable Long maxItems,
        List<Object> allowed,
        List<Object> atLeast,
        boolean addOnly) {

    public enum Format {
        /** Names of the DNS, whole or below a domain; blank is none and is no fault. */
        NAMES("names");

        /** A label as in RFC 1123 §2.1, or one with an underscore, as services have. */
        private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");

        private final String word;

        Format(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        private static boolean takes(String text) {
            try {
                String name = IDN.toASCII(text.strip(), 0);
                return Arrays.stream(name.replaceFirst("\\.$", "").split("\\.", -1))
                        .allMatch(LABEL::matches);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private static Optional<String> firstRefused(List<?> entries) {
            return entries.stream()
                    .map(String::valueOf)
                    .filter(text -> !text.isBlank() && !takes(text))
                    .findFirst();
        }
    }

    public enum Type {
        INT("int"),
        STRING("string"),
        BOOL("bool"),
        DURATION("duration"),
        LIST_INT("list<int>"),
        LIST_STRING("list<string>");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        FactType factType() {
            FactType text = new FactType.Text(List.of(), 1_000);
            FactType whole = new FactType.Whole(null, null);
            return switch (this) {
                case INT -> whole;
                case STRING -> text;
                case BOOL -> new FactType.Truth();
                case DURATION -> new FactType.Span();
                case LIST_INT -> new FactType.ListOf(whole, 1_000);
                case LIST_STRING -> new FactType.ListOf(text, 1_000);
            };
        }

        Optional<Object> convert(Object plain) {
            return switch (this) {
                case INT -> plain instanceof Long ? Optional.of(plain) : Optional.empty();
                case BOOL -> plain instanceof Boolean ? Optional.of(plain) : Optional.empty();
                case STRING -> plain instanceof String ? Optional.of(plain) : Optional.empty();
                case DURATION -> plain instanceof String text ? span(text) : Optional.empty();
                case LIST_INT -> list(plain, Long.class);
                case LIST_STRING -> list(plain, String.class);
            };
        }

        private static Optional<Object> span(String text) {
            try {
                // also as expressions write it: 336h, 30m, 10s
                boolean shortly = text.matches("[0-9]{1,9}[hms]");
                return Optional.of(Duration.parse(shortly ? "PT" + text.toUpperCase(Locale.ROOT) : text));
            } catch (DateTimeException e) {
                return Optional.empty();
            }
        }

        private static Optional<Object> list(Object plain, Class<?> item) {
            return plain instanceof List<?> items && items.stream().allMatch(item::isInstance)
                    ? Optional.of(List.copyOf(items))
                    : Optional.empty();
        }

        /** Converts the text of an override, with lists separated by commas; empty if it does not fit. */
        Optional<Object> parse(String text) {
            return switch (this) {
                case INT -> number(text);
                case BOOL -> text.matches("true|false") ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
                case STRING -> Optional.of(text);
                case DURATION -> span(text);
                case LIST_STRING -> Optional.of(List.of(text.split(",", -1)));
                case LIST_INT -> {
                    List<Object> numbers = new ArrayList<>();
                    for (String part : text.split(",", -1)) {
                        number(part.strip()).ifPresent(numbers::add);
                    }
                    yield numbers.size() == text.split(",", -1).length ? Optional.of(numbers) : Optional.empty();
                }
            };
        }

        private static Optional<Object> number(String text) {
            return text.matches("-?[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
        }
    }

    Object merged(Object override) {
        if (!addOnly || !(override instanceof List<?> added) || !(standard instanceof List<?> base)) {
            return override;
        }
        Set<Object> all = new LinkedHashSet<>(base);
        all.addAll(added);
        return List.copyOf(all);
    }

    Optional<ParamRefusal.Bound> outOfBounds(Object value) {
        if (min != null && compare(value, min) < 0) {
            return bound("min", "must be at least", min);
        }
        if (max != null && compare(value, max) > 0) {
            return bound("max", "must be at most", max);
        }
        List<?> entries = value instanceof List<?> list ? list : List.of(value);
        if (pattern != null && !entries.stream().allMatch(entry -> pattern.matches(String.valueOf(entry)))) {
            return bound("pattern", "must match", pattern);
        }
        Optional<String> odd = format == null ? Optional.empty() : Format.firstRefused(entries);
        if (odd.isPresent()) {
            return bound(
                    "names",
                    "must hold names of letters, digits and hyphens with dots between them, such as shop or shop.eu; this is none:",
                    odd.get());
        }
        if (maxItems != null && entries.size() > maxItems) {
            return bound("max_items", "must hold no more entries than", maxItems);
        }
        if (!allowed.isEmpty() && !allowed.containsAll(entries)) {
            return bound("allowed", "may only hold", allowed);
        }
        return entries.containsAll(atLeast) ? Optional.empty() : bound("at_least", "must hold at least", atLeast);
    }

    private static Optional<ParamRefusal.Bound> bound(String key, String words, Object bound) {
        return Optional.of(new ParamRefusal.Bound(key, words, bound));
    }

    private static int compare(Object left, Object right) {
        if (left instanceof Long one && right instanceof Long other) {
            return one.compareTo(other);
        }
        return left instanceof Duration one && right instanceof Duration other ? one.compareTo(other) : 0;
    }
}
