package dev.ronde.platform.resource;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which templates a template takes in, by the names that stand in it. */
final class Includes {
    private static final Pattern NAMED =
            Pattern.compile("\\{%-?\\s{0,20}(?:include|extends|import|embed|from)\\s{1,20}[\"']([^\"']{1,200})[\"']");

    private Includes() {}

    /** The cycle, such as {@code a.peb > b.peb > a.peb}; empty if there is none. */
    static Optional<String> circle(Overlay files, String name) {
        Deque<List<String>> ways = new ArrayDeque<>(List.of(List.of(name)));
        Set<String> seen = new HashSet<>();
        while (!ways.isEmpty()) {
            List<String> way = ways.remove();
            for (String next : named(files, way.get(way.size() - 1))) {
                if (next.equals(name)) {
                    return Optional.of(String.join(" > ", way) + " > " + name);
                }
                if (seen.add(next)) {
                    ways.add(Stream.concat(way.stream(), Stream.of(next)).toList());
                }
            }
        }
        return Optional.empty();
    }

    private static List<String> named(Overlay files, String name) {
        return files.text(name)
                .map(text -> NAMED.matcher(text)
                        .results()
                        .map((MatchResult found) -> found.group(1))
                        .toList())
                .orElse(List.of());
    }
}
