package dev.ronde.evidence.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What changed in the rules during a period: of plans, check definitions, waivers, settings, roles, tokens, pauses of probing and keys, each
 * field before and after, by whom. What it was before comes from records of any age.
 */
public final class RuleChanges {
    /** What has no table of its own: as it was when the period began, it stands before the changes. */
    private static final Set<String> SETTINGS = Set.of("settings", "installation", "holidays");

    private final ExportScope scope;
    private final Map<String, State> states = new TreeMap<>();
    private boolean begun;

    /** @param last the record that made it so, with no field */
    private record State(
            Map<String, String> fields, @Nullable Row last) {}

    /**
     * A field that changed.
     *
     * @param before empty where there was none
     * @param by actor reference
     * @param beforeIndex of the record before it about the same thing; empty where there is none
     */
    public record Row(
            String at,
            String type,
            String id,
            String field,
            String before,
            String after,
            String by,
            long index,
            String beforeIndex) {
        private Row with(String name, String was, String is) {
            return new Row(at, type, id, name, was, is, by, index, beforeIndex);
        }
    }

    public RuleChanges(ExportScope scope) {
        this.scope = scope;
    }

    /** Takes every disclosed record, in index order; returns the rows that it adds. */
    public List<Row> add(Leaf leaf) {
        List<Row> rows = new ArrayList<>();
        if (!ExportScope.isChange(leaf.type()) || !leaf.occurredAt().isBefore(scope.end())) {
            return rows;
        }
        boolean within = scope.covers(leaf.occurredAt());
        if (within) {
            rows.addAll(begin());
        }
        String thing = leaf.subjectKind() + " " + leaf.subjectId();
        State before = states.getOrDefault(thing, new State(Map.of(), null));
        Map<String, String> after = after(leaf, before.fields());
        Row row = new Row(
                Csv.time(leaf.occurredAt()),
                leaf.type(),
                leaf.subjectId(),
                "",
                "",
                "",
                leaf.actorRef(),
                leaf.index(),
                before.last() == null ? "" : Long.toString(before.last().index()));
        states.put(thing, new State(after, row));
        if (within) {
            int first = rows.size();
            TreeSet<String> fields = new TreeSet<>(before.fields().keySet());
            fields.addAll(after.keySet());
            for (String field : fields) {
                String was = before.fields().getOrDefault(field, "");
                String is = after.getOrDefault(field, "");
                if (!was.equals(is)) {
                    rows.add(row.with(field, was, is));
                }
            }
            if (!leaf.subjectKind().equals("person")) {
                new TreeMap<>(leaf.texts()).forEach((field, text) -> rows.add(row.with(field, "", text)));
            }
            if (rows.size() == first) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** Once, when the period begins, or when it ended without a change: the settings. */
    public List<Row> begin() {
        List<Row> rows = new ArrayList<>();
        if (!begun) {
            states.forEach((thing, state) -> {
                Row last = state.last();
                if (last != null && SETTINGS.contains(thing.substring(0, thing.indexOf(' ')))) {
                    state.fields().forEach((field, text) -> rows.add(last.with(field, "", text)));
                }
            });
        }
        begun = true;
        return rows;
    }

    /** The fields of what a record is about, once it has happened. */
    private static Map<String, String> after(Leaf leaf, Map<String, String> before) {
        if (leaf.subjectKind().equals("person")) {
            return leaf.type().equals("role.granted") ? Map.of("role", leaf.field("role")) : Map.of();
        }
        if (!leaf.after().isEmpty()) {
            return Leaf.flat(leaf.after());
        }
        Map<String, String> after = new TreeMap<>(before);
        after.putAll(Leaf.flat(leaf.data()));
        return after;
    }
}
