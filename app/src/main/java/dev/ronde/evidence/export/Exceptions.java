package dev.ronde.evidence.export;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What an auditor looks at first: runs that did not pass, missed runs and missed reviews, with the names of what they are about. */
final class Exceptions {
    private static final int REPORTED = 200;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ExportScope scope;
    private final List<Leaf> first = new ArrayList<>();
    private final Map<String, String> assetNames = new HashMap<>();
    private final Map<String, String> checkTitles = new HashMap<>();
    private long total;

    Exceptions(ExportScope scope) {
        this.scope = scope;
    }

    /** Takes every disclosed record, in index order. */
    void add(Leaf leaf) {
        if (leaf.after().get("name") instanceof String name && leaf.type().startsWith("asset.")) {
            assetNames.put(leaf.subjectId(), name);
        } else if (leaf.after().get("title") instanceof String title
                && leaf.type().equals("check.published")) {
            checkTitles.put(leaf.check(), title);
        } else if (isException(leaf) && scope.covers(leaf.occurredAt())) {
            total++;
            if (first.size() < REPORTED) {
                first.add(leaf);
            }
        }
    }

    private static boolean isException(Leaf leaf) {
        return switch (leaf.type()) {
            case "run.missed", "review.missed" -> true;
            case "check.result" -> !leaf.field("outcome").matches("pass|not_applicable");
            default -> false;
        };
    }

    /** How many there are, also those that are not among the rows. */
    long total() {
        return total;
    }

    /** The first of them, for the report. */
    List<Map<String, String>> rows() {
        return first.stream().map(this::row).toList();
    }

    private Map<String, String> row(Leaf leaf) {
        String asset = leaf.asset();
        String ref = asset == null ? leaf.subjectId() : asset;
        boolean review = leaf.type().equals("review.missed");
        return Map.of(
                "at", MINUTE.format(leaf.occurredAt()),
                "what", review ? "review " + leaf.subjectId() : checkTitles.getOrDefault(leaf.check(), leaf.check()),
                "asset", assetNames.getOrDefault(ref, ref),
                "ref", ref,
                "check", leaf.check(),
                "outcome", leaf.type().endsWith(".missed") ? "missed" : leaf.field("outcome"),
                "reason", reason(leaf),
                "index", Long.toString(leaf.index()));
    }

    /** The reason the record gives, or else what the failed assertions say. */
    private static String reason(Leaf leaf) {
        String reason = leaf.field("reason");
        if (!reason.isEmpty() || !(leaf.data().get("assertions") instanceof List<?> assertions)) {
            return reason;
        }
        return assertions.stream()
                .filter(item -> item instanceof Map<?, ?>)
                .map(item -> (Map<?, ?>) item)
                .filter(assertion -> "fail".equals(assertion.get("result")))
                .map(assertion -> String.valueOf(
                        assertion.get("message") == null ? assertion.get("id") : assertion.get("message")))
                .collect(Collectors.joining("; "));
    }
}
