package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What changed in the rules during the period: of plans, check definitions, waivers, settings, roles, tokens, pauses of probing and keys, each
 * field before and after, by whom. What it was before comes from records of any age.
 */
final class ChangeTable implements PopulationTable {
    private final ExportScope scope;
    private final Csv<Change> csv;
    private final Map<String, State> states = new HashMap<>();

    private record State(Map<String, String> fields, String index) {}

    private record Change(Leaf leaf, String field, String before, String after, String beforeIndex) {}

    ChangeTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(
                out,
                Table.<Change>empty()
                        .with("at", change -> change.leaf().occurredAt())
                        .with("type", change -> change.leaf().type())
                        .with("id", change -> change.leaf().subjectId())
                        .with("field", Change::field)
                        .with("before", Change::before)
                        .with("after", Change::after)
                        .with("by", change -> change.leaf().actorRef())
                        .with("index", change -> change.leaf().index())
                        .with("before_index", Change::beforeIndex));
    }

    @Override
    public void add(Leaf leaf) throws IOException {
        if (!ExportScope.isChange(leaf.type()) || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        String thing = leaf.subjectKind() + " " + leaf.subjectId();
        State before = states.getOrDefault(thing, new State(Map.of(), ""));
        Map<String, String> after = after(leaf, before.fields());
        states.put(thing, new State(after, Long.toString(leaf.index())));
        if (!scope.covers(leaf.occurredAt())) {
            return;
        }
        boolean told = false;
        TreeSet<String> fields = new TreeSet<>(before.fields().keySet());
        fields.addAll(after.keySet());
        for (String field : fields) {
            String was = before.fields().getOrDefault(field, "");
            String is = after.getOrDefault(field, "");
            if (!was.equals(is)) {
                csv.row(new Change(leaf, field, was, is, before.index()));
                told = true;
            }
        }
        for (Map.Entry<String, String> text : new TreeMap<>(leaf.texts()).entrySet()) {
            if (!leaf.subjectKind().equals("person")) {
                csv.row(new Change(leaf, text.getKey(), "", text.getValue(), before.index()));
                told = true;
            }
        }
        if (!told) {
            csv.row(new Change(leaf, "", "", "", before.index()));
        }
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

    @Override
    public void finish() {
        // each row is written with its record
    }
}
