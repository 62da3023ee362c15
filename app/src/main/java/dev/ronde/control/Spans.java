package dev.ronde.control;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as check files write them: ISO 8601 up to days ({@code P14D}, {@code PT1H}) or {@code 336h}, {@code 30m}, {@code 10s}. */
final class Spans {
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})([hms])");

    private Spans() {}

    /** Parses a span; throws {@link DateTimeException} for anything else. */
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
