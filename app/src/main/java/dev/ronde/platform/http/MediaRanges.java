package dev.ronde.platform.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The media ranges of an {@code Accept} header (RFC 9110 §12.5.1); ranges of weight 0 are left out. */
record MediaRanges(List<String> ranges) {

    static MediaRanges of(@Nullable String accept) {
        if (accept == null || accept.isBlank()) {
            return new MediaRanges(List.of("*/*"));
        }
        return new MediaRanges(Arrays.stream(accept.toLowerCase(Locale.ROOT).split(",", -1))
                .filter(range -> !range.replace(" ", "").matches(".*;q=0(\\.0*)?(;.*)?"))
                .map(range -> range.split(";", 2)[0].strip())
                .filter(range -> !range.isEmpty())
                .toList());
    }

    /** Whether the client takes one of these types or a problem document; true if {@code types} is empty. */
    boolean takesOneOf(Set<String> types) {
        return types.isEmpty()
                || takes("application/problem+json")
                || types.stream().anyMatch(this::takes);
    }

    private boolean takes(String type) {
        String family = type.substring(0, type.indexOf('/')) + "/*";
        return ranges.contains("*/*") || ranges.contains(family) || ranges.contains(type);
    }
}
