package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
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
final class ChangeTable implements PopulationTable {
    /** What has no table of its own: as it was when the period began, it stands before the changes. */
    private static final Set<String> SETTINGS = Set.of("settings", "installation", "holidays");

    private final ExportScope scope;
    private final Csv<Row> csv;
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
    private record Row(
            String at,
            String type,
            String id,
            String field,
            String before,
            String after,
            String by,
            long index,
            String beforeIndex) {
        Row with(String name, String was, String is) {
            return new Row(at, type, id, name, was, is, by, index, beforeIndex);
        }
    }

    ChangeTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(
                out,
                Table.<Row>empty()
                        .with("at", Row::at)
                        .with("type", Row::type)
                        .with("id", Row::id)
                        .with("field", Row::field)
                        .with("before", Row::before)
                        .with("after", Row::after)
                        .with("by", Row::by)
                        .with("index", Row::index)
                        .with("before_index", Row::beforeIndex));
    }

    @Override
    public void add(Leaf leaf) throws IOException {
        if (!ExportScope.isChange(leaf.type()) || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        boolean within = scope.covers(leaf.occurredAt());
        if (within) {
            finish();
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
            List<Row> rows = new ArrayList<>();
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
            csv.rows(rows.isEmpty() ? List.of(row) : rows);
        }
    }

    /** Once, when the period begins, or when it ended without a change: the settings. */
    @Override
    public void finish() throws IOException {
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
        csv.rows(rows);
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
