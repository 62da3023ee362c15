package dev.ronde.check.page;

import dev.ronde.asset.snapshot.Unread;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.RuleDeriver.RuleLine;
import dev.ronde.check.derive.net.ExposureFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The network rules of a snapshot for people, with those marked that let somebody from the Internet in.
 *
 * @param title what people call the source
 * @param rows the rules that let strangers in to sensitive ports, then the others in the order in which they are looked at
 * @param problem why the rules cannot be read, null where they can
 * @param unread why nobody judged the rules, null where somebody did
 * @param notes what the judgement leaves open
 */
public record RuleTable(
        String title,
        String digest,
        List<Row> rows,
        Hidden hidden,
        @Nullable String problem,
        @Nullable Unread unread,
        List<String> notes) {
    /** Most rows shown if nothing is wrong; marked rows come on top. */
    private static final int MOST = 60;

    private static final int MOST_MARKED = 400;
    private static final int MOST_OPENS = 5;

    /** In order of urgency, the least urgent first. */
    public enum Mark {
        /** It lets nobody in from the Internet. */
        NONE,
        /** It lets known parties in. */
        KNOWN,
        /** Whom it lets in was not judged, or is not told. */
        UNTOLD,
        /** It lets somebody in of whom nobody knows who it is. */
        UNRESOLVED,
        /** It lets strangers in. */
        STRANGERS,
        /** It lets strangers in to a sensitive port. */
        GUILTY
    }

    /**
     * One rule.
     *
     * @param opens what it opens, in words, the worst first
     * @param more how much more it opens
     */
    public record Row(RuleLine rule, Mark mark, List<String> opens, int more) {
        private boolean marked() {
            return mark.compareTo(Mark.UNTOLD) > 0;
        }
    }

    /**
     * How many rules are not shown.
     *
     * @param guilty those that let strangers in to a sensitive port
     * @param strangers those that let strangers in, but to no sensitive port
     * @param untold those of which it is not known whom they let in
     */
    public record Hidden(int all, int guilty, int strangers, int untold) {
        private static Hidden of(List<Row> rows) {
            return new Hidden(
                    rows.size(),
                    count(rows, mark -> mark == Mark.GUILTY),
                    count(rows, mark -> mark == Mark.STRANGERS),
                    count(rows, mark -> mark == Mark.UNTOLD || mark == Mark.UNRESOLVED));
        }

        private static int count(List<Row> rows, Predicate<Mark> which) {
            return (int) rows.stream().map(Row::mark).filter(which).count();
        }
    }

    private record Key(@Nullable String owner, String name) {
        private static Key of(RuleLine rule) {
            return new Key(rule.owner(), ExposureFacts.name(rule.name()));
        }
    }

    static RuleTable unreadable(String title, String digest, String problem) {
        return new RuleTable(title, digest, List.of(), Hidden.of(List.of()), problem, null, List.of());
    }

    static RuleTable unjudged(
            String title, String digest, RuleDeriver deriver, Map<String, Object> document, Unread unread) {
        List<Row> all = deriver.rules(document).stream()
                .map(rule -> new Row(rule, Mark.UNTOLD, List.of(), 0))
                .toList();
        return of(title, digest, all, unread, List.of());
    }

    /**
     * Puts rules and exposures together.
     *
     * @param facts facts of {@code network.exposure.v1}, as {@link RuleDeriver.Judgement#whole} or a stored run has them
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
        boolean part = ExposureFacts.shortened(facts);
        List<Row> all = deriver.rules(document).stream()
                .map(rule -> opens(rule)
                        ? row(rule, exposures.getOrDefault(Key.of(rule), List.of()), part)
                        : new Row(rule, Mark.NONE, List.of(), 0))
                .toList();
        List<String> notes = facts.get("notes") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        return of(title, digest, all, null, notes);
    }

    /** If not all rows fit, the worst are shown; they keep their order, except that guilty rules come on top. */
    private static RuleTable of(
            String title, String digest, List<Row> all, @Nullable Unread unread, List<String> notes) {
        List<Row> chosen = new ArrayList<>();
        List<Row> left = new ArrayList<>();
        for (Row row :
                all.stream().sorted(Comparator.comparing(Row::mark).reversed()).toList()) {
            (chosen.size() < (row.marked() ? MOST_MARKED : MOST) ? chosen : left).add(row);
        }
        Set<Row> shown = Collections.newSetFromMap(new IdentityHashMap<>());
        shown.addAll(chosen);
        List<Row> rows = all.stream()
                .filter(shown::contains)
                .sorted(Comparator.comparing(row -> row.mark() != Mark.GUILTY))
                .toList();
        return new RuleTable(title, digest, rows, Hidden.of(left), null, unread, notes);
    }

    private static boolean opens(RuleLine rule) {
        return rule.enforced()
                && rule.direction().equals("inbound")
                && !rule.access().equals("deny");
    }

    private static Row row(RuleLine rule, List<Map<?, ?>> exposures, boolean part) {
        // what is left out may be worse than what is told
        Mark worst = Stream.concat(
                        Stream.of(part ? Mark.UNTOLD : Mark.NONE),
                        exposures.stream().map(RuleTable::mark))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        List<String> opens = exposures.stream()
                .map(exposure -> String.valueOf(exposure.get("words")))
                .distinct()
                .toList();
        int shown = Math.min(MOST_OPENS, opens.size());
        return new Row(rule, worst, opens.subList(0, shown), opens.size() - shown);
    }

    private static Mark mark(Map<?, ?> exposure) {
        String reach = String.valueOf(exposure.get("reach"));
        if (reach.equals("specific")) {
            return Mark.KNOWN;
        }
        if (reach.equals("unresolved")) {
            return Mark.UNRESOLVED;
        }
        return exposure.get("sensitive") instanceof List<?> ports && !ports.isEmpty() ? Mark.GUILTY : Mark.STRANGERS;
    }

    RuleTable said(UnaryOperator<RuleLine> words) {
        return new RuleTable(
                title,
                digest,
                rows.stream()
                        .map(row -> new Row(words.apply(row.rule()), row.mark(), row.opens(), row.more()))
                        .toList(),
                hidden,
                problem,
                unread,
                notes);
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
