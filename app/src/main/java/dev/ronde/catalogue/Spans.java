package dev.ronde.catalogue;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spans of time as check files write them: ISO 8601 up to days ({@code P14D}, {@code PT1H}). Values of parameters may also be written as
 * expressions write them: {@code 336h}, {@code 30m}, {@code 10s}.
 */
final class Spans {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})([hms])");
    private static final Pattern MEANT = Pattern.compile("([0-9]{1,9}) ?([dhms])[a-z]*", Pattern.CASE_INSENSITIVE);

    private Spans() {}

    /** The ISO 8601 form of a span such as {@code 1h} or {@code 7 days}; empty for anything else. */
    static Optional<String> meant(String text) {
        Matcher matcher = MEANT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = matcher.group(2).toUpperCase(Locale.ROOT);
        return Optional.of((unit.equals("D") ? "P" : "PT") + matcher.group(1) + unit);
    }

    /** Parses the value of a parameter; throws {@link DateTimeException} for anything else. */
    static Duration parse(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(count);
            case "m" -> Duration.ofMinutes(count);
            default -> Duration.ofSeconds(count);
        };
    }
}
