package dev.ronde.review.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which assets a plan covers: every condition that is written must hold, and within one any of its words is enough. A
 * scope without conditions covers every asset.
 *
 * @param kinds exact kinds, or prefixes written {@code service.*}; {@code *} is every kind
 * @param assets refs
 */
public record PlanScope(
        List<String> criticality,
        List<String> kinds,
        List<String> tags,
        List<String> environments,
        List<String> units,
        List<String> assets) {

    public PlanScope {
        criticality = List.copyOf(criticality);
        kinds = List.copyOf(kinds);
        tags = List.copyOf(tags);
        environments = List.copyOf(environments);
        units = List.copyOf(units);
        assets = List.copyOf(assets);
    }

    public record Candidate(
            String ref,
            String kind,
            String criticality,
            @Nullable String environment,
            @Nullable String unit,
            Set<String> tags) {}

    public boolean covers(Candidate asset) {
        return any(criticality, asset.criticality())
                && (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kindMatches(kind, asset.kind())))
                && (tags.isEmpty() || tags.stream().anyMatch(asset.tags()::contains))
                && any(environments, asset.environment())
                && any(units, asset.unit())
                && any(assets, asset.ref());
    }

    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        put(map, "criticality", criticality);
        put(map, "kinds", kinds);
        put(map, "tags", tags);
        put(map, "environments", environments);
        put(map, "units", units);
        put(map, "assets", assets);
        return map;
    }

    private static boolean any(List<String> wanted, @Nullable String actual) {
        return wanted.isEmpty() || (actual != null && wanted.contains(actual));
    }

    private static boolean kindMatches(String pattern, String kind) {
        return pattern.endsWith("*")
                ? kind.startsWith(pattern.substring(0, pattern.length() - 1))
                : kind.equals(pattern);
    }

    private static void put(Map<String, Object> map, String name, List<String> words) {
        if (!words.isEmpty()) {
            map.put(name, words);
        }
    }
}
