package dev.ronde.check;

import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.RuleDeriver.RuleLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The network rules of a snapshot for people, with those marked that let somebody from the Internet in.
 *
 * @param title what people call the source
 * @param digest digest of the snapshot
 * @param rows rules in the order in which they are looked at
 * @param hidden rules that are not shown, none of them marked
 * @param problem why the rules cannot be read, null where they can
 * @param notes what the judgement leaves open
 */
public record RuleTable(
        String title,
        String digest,
        List<Row> rows,
        int hidden,
        @Nullable String problem,
        List<String> notes) {
    private static final int MOST = 60;

    /** What a rule does. */
    public enum Mark {
        /** It lets nobody in from the Internet. */
        NONE,
        /** It lets known parties in, or such that nobody can name. */
        KNOWN,
        /** It lets strangers in. */
        STRANGERS,
        /** It lets strangers in to a sensitive port. */
        GUILTY
    }

    /**
     * One rule.
     *
     * @param opens what it opens, in words
     */
    public record Row(RuleLine rule, Mark mark, List<String> opens) {
        private boolean marked() {
            return mark.compareTo(Mark.KNOWN) > 0;
        }
    }

    /** A rule as facts name it. */
    private record Key(@Nullable String owner, String name) {}

    static RuleTable unreadable(String title, String digest, String problem) {
        return new RuleTable(title, digest, List.of(), 0, problem, List.of());
    }

    /**
     * Puts rules and exposures together.
     *
     * @param facts facts of {@code network.exposure.v1}, as a derivation or a stored run has them
     */
    static RuleTable of(
            String title, String digest, RuleDeriver deriver, Map<String, Object> document, Map<String, Object> facts) {
        Map<Key, List<Map<?, ?>>> exposures = new HashMap<>();
        for (Map<?, ?> exposure : maps(facts.get("exposures"))) {
            for (Map<?, ?> rule : maps(exposure.get("rules"))) {
                Key key = new Key((String) rule.get("owner"), String.valueOf(rule.get("name")));
                exposures.computeIfAbsent(key, first -> new ArrayList<>()).add(exposure);
            }
        }
        List<Row> all = deriver.rules(document).stream()
                .map(rule -> row(
                        rule,
                        rule.direction().equals("inbound")
                                ? exposures.getOrDefault(new Key(rule.owner(), rule.name()), List.of())
                                : List.of()))
                .toList();
        List<Row> shown = new ArrayList<>();
        for (Row row : all) {
            if (shown.size() < MOST || row.marked()) {
                shown.add(row);
            }
        }
        List<String> notes = facts.get("notes") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return new RuleTable(title, digest, shown, all.size() - shown.size(), null, notes);
    }

    private static Row row(RuleLine rule, List<Map<?, ?>> exposures) {
        Mark worst = Mark.NONE;
        for (Map<?, ?> exposure : exposures) {
            Mark mark = mark(exposure);
            worst = mark.compareTo(worst) > 0 ? mark : worst;
        }
        return new Row(
                rule,
                worst,
                exposures.stream()
                        .map(exposure -> String.valueOf(exposure.get("words")))
                        .distinct()
                        .toList());
    }

    private static Mark mark(Map<?, ?> exposure) {
        String reach = String.valueOf(exposure.get("reach"));
        if (reach.equals("specific") || reach.equals("unresolved")) {
            return Mark.KNOWN;
        }
        return exposure.get("sensitive") instanceof List<?> ports && !ports.isEmpty() ? Mark.GUILTY : Mark.STRANGERS;
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.stream()
                    .filter(item -> item instanceof Map<?, ?>)
                    .map(item -> (Map<?, ?>) Objects.requireNonNull(item))
                    .forEach(maps::add);
        }
        return maps;
    }
}
