package dev.ronde.evidence.report;

import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.DocumentException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What an auditor looks at first: missed runs and runs that did not pass, with the names of what they are about. The same exception day
 * after day is one row that says from when to when and how often; the worst stand first.
 */
public final class Exceptions {
    private static final int REPORTED = 200;

    /** Exceptions told apart; further ones are only counted, so that memory stays bounded. */
    private static final int TOLD_APART = 20_000;

    private static final List<String> WORST_FIRST = List.of("fail", "error", "missed", "unknown");
    private static final List<String> SEVERITIES = List.of("critical", "high", "medium", "low", "info");
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private record Same(String kind, String subject, String check, String reason) {}

    /** Keeps what is told of the first record, not the record: the verifier reads the next one into its place. */
    private record Spell(long index, Instant at, String asset, String check, Instant last, long count) {
        static Spell of(Leaf leaf) {
            String asset = leaf.asset();
            return new Spell(
                    leaf.index(), due(leaf), asset == null ? leaf.subjectId() : asset, leaf.check(), due(leaf), 1);
        }

        /** When a missed run was due; its record is of when that was noticed. */
        private static Instant due(Leaf leaf) {
            return leaf.type().equals("run.missed") && !leaf.field("due").isEmpty()
                    ? Instant.parse(leaf.field("due"))
                    : leaf.occurredAt();
        }

        Spell and(Leaf leaf) {
            return new Spell(index, at, asset, check, due(leaf), count + 1);
        }
    }

    private final ExportScope scope;
    private final Map<Same, Spell> spells = new LinkedHashMap<>();
    private final Map<String, String> assetNames = new HashMap<>();
    private final Map<String, String> checkTitles = new HashMap<>();
    private final Map<String, String> severities = new HashMap<>();
    private final Map<String, String> intervals = new HashMap<>();
    private long total;

    public Exceptions(ExportScope scope) {
        this.scope = scope;
    }

    /** Takes every disclosed record with its private texts, in index order. */
    public void add(Leaf leaf) {
        if (leaf.after().get("name") instanceof String name && leaf.type().startsWith("asset.")) {
            assetNames.put(leaf.subjectId(), name);
        } else if (leaf.type().equals("check.published")) {
            put(checkTitles, leaf, "title");
            put(severities, leaf, "severity");
            interval(leaf);
        } else if (isException(leaf) && scope.covers(leaf)) {
            total++;
            Same same = new Same(kind(leaf), subject(leaf), leaf.check(), reason(leaf));
            Spell spell = spells.get(same);
            if (spell != null) {
                spells.put(same, spell.and(leaf));
            } else if (spells.size() < TOLD_APART) {
                spells.put(same, Spell.of(leaf));
            }
        }
    }

    private static void put(Map<String, String> known, Leaf published, String field) {
        if (published.after().get(field) instanceof String text) {
            known.put(published.check(), text);
        }
    }

    /** A definition that broke says of itself no more than that. */
    private void interval(Leaf published) {
        Object schedule = null;
        try {
            schedule = Leaf.map(Document.read(published.field("text")).plain()).get("schedule");
        } catch (DocumentException e) {
            // no interval follows from it
        }
        if (published.occurredAt().isBefore(scope.end())) {
            intervals.put(published.check(), Leaf.map(schedule).get("every") instanceof String every ? every : "");
        }
    }

    /** How often each check runs by its newest definition in the period, as an ISO 8601 duration; empty where only a change starts it. */
    Map<String, String> intervals() {
        return intervals;
    }

    private static boolean isException(Leaf leaf) {
        return switch (leaf.type()) {
            case "run.missed" -> true;
            case "check.result" -> !leaf.field("outcome").matches("pass|not_applicable");
            default -> false;
        };
    }

    /** Counts each day and each run separately. */
    long total() {
        return total;
    }

    /** How many rows there would be if the report had no limit. */
    int different() {
        return spells.size();
    }

    /** @param words what an outcome is called */
    List<Map<String, String>> rows(UnaryOperator<String> words) {
        Comparator<Map.Entry<Same, Spell>> worst = Comparator.comparingInt(
                entry -> place(WORST_FIRST, entry.getKey().kind()));
        return spells.entrySet().stream()
                .sorted(worst.thenComparingInt(entry -> place(
                                SEVERITIES,
                                severities.getOrDefault(entry.getKey().check(), "")))
                        .thenComparingLong(entry -> entry.getValue().index()))
                .limit(REPORTED)
                .map(entry -> row(entry.getKey(), entry.getValue(), words))
                .toList();
    }

    private static int place(List<String> order, String word) {
        int place = order.indexOf(word);
        return place < 0 ? order.size() : place;
    }

    private Map<String, String> row(Same same, Spell spell, UnaryOperator<String> words) {
        Map<String, String> row = new HashMap<>();
        row.put("at", MINUTE.format(spell.at()));
        row.put("last", MINUTE.format(spell.last()));
        row.put("count", Long.toString(spell.count()));
        row.put("what", checkTitles.getOrDefault(spell.check(), spell.check()));
        row.put("name", assetNames.getOrDefault(spell.asset(), spell.asset()));
        row.put("asset", spell.asset());
        row.put("outcome", same.kind());
        row.put("outcome_word", words.apply(same.kind()));
        row.put("reason", same.reason());
        row.put("index", Long.toString(spell.index()));
        return row;
    }

    private static String kind(Leaf leaf) {
        return leaf.type().equals("run.missed") ? "missed" : leaf.field("outcome");
    }

    private static String subject(Leaf leaf) {
        String asset = leaf.asset();
        return asset == null ? leaf.subjectId() : asset;
    }

    /** The reason in the record, else what the failed assertions say. */
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
                .collect(Collectors.joining(" · "));
    }
}
