package dev.ronde.webhook;

import dev.ronde.evidence.RecordTypes;
import dev.ronde.platform.problem.DidYouMean;
import dev.ronde.platform.problem.Problem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which kinds of records a webhook hears of: whole kinds such as {@code review.missed}, or a family such as {@code finding.*}. */
record EventFilter(List<String> patterns) {
    private static final int MOST = 40;
    private static final String FAMILY = ".*";

    EventFilter {
        patterns = List.copyOf(patterns);
    }

    static EventFilter stored(String events) {
        return new EventFilter(List.of(events.split(" ")));
    }

    /** Throws 422 for an unknown kind, with the nearest known one. */
    static EventFilter of(List<String> asked) {
        Set<String> clean = asked.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        if (clean.isEmpty() || clean.size() > MOST) {
            throw Problem.invalid(
                    "/events",
                    "required",
                    "events names 1 to " + MOST + " kinds of records, such as finding.opened or review.*");
        }
        clean.forEach(EventFilter::requireKnown);
        return new EventFilter(List.copyOf(clean));
    }

    private static void requireKnown(String pattern) {
        boolean known = pattern.endsWith(FAMILY) ? families().contains(pattern) : RecordTypes.KNOWN.contains(pattern);
        if (!known) {
            Set<String> words = new TreeSet<>(RecordTypes.KNOWN);
            words.addAll(families());
            throw Problem.invalid(
                    "/events", "unknown", "There is no event " + pattern + DidYouMean.question(pattern, words));
        }
    }

    static Set<String> families() {
        return RecordTypes.KNOWN.stream()
                .map(type -> type.substring(0, type.indexOf('.')) + FAMILY)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean takes(String type) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.endsWith(FAMILY)
                        ? type.startsWith(pattern.substring(0, pattern.length() - 1))
                        : pattern.equals(type));
    }

    String text() {
        return String.join(" ", patterns);
    }
}
