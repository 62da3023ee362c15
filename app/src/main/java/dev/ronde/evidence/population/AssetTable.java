package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The inventory as it was: every asset of the scope with its state when the period began and when it ended. */
final class AssetTable implements PopulationTable {
    private final ExportScope scope;
    private final Csv<Row> csv;
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private final String ref;
        private Map<?, ?> after = Map.of();
        private String atStart = "absent";
        private String atEnd = "absent";
        private String from = "";
        private String until = "";
        private String changedAt = "";
        private long revisions;
        private long index;

        Row(String ref) {
            this.ref = ref;
        }
    }

    AssetTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(out, columns(names));
    }

    private static Table<Row> columns(UnaryOperator<String> names) {
        return Table.<Row>empty()
                .with("ref", row -> row.ref)
                .with("name", row -> Leaf.text(row.after, "name"))
                .with("kind", row -> Leaf.text(row.after, "kind"))
                .with("environment", row -> Leaf.text(row.after, "environment"))
                .with("criticality", row -> Leaf.text(row.after, "criticality"))
                .with("data_class", row -> Leaf.text(row.after, "data_class"))
                .with("unit", row -> Leaf.text(row.after, "unit"))
                .with("owner", row -> names.apply(Leaf.text(row.after, "owner")))
                .with("state_at_start", row -> row.atStart)
                .with("state_at_end", row -> row.atEnd)
                .with("in_scope_from", row -> row.from)
                .with("in_scope_to", row -> row.until)
                .with("changes_in_period", row -> row.revisions)
                .with("last_changed_at", row -> row.changedAt)
                .with("index", row -> row.index);
    }

    @Override
    public void add(Leaf leaf) {
        String asset = leaf.asset();
        if (asset == null
                || !leaf.type().startsWith("asset.")
                || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        Row row = rows.computeIfAbsent(asset, Row::new);
        boolean retired = leaf.type().equals("asset.retired");
        row.atEnd = retired ? "retired" : "active";
        if (leaf.occurredAt().isBefore(scope.start())) {
            row.atStart = row.atEnd;
        } else {
            row.revisions++;
        }
        row.from = row.from.isEmpty() ? Csv.time(leaf.occurredAt()) : row.from;
        row.until = retired ? Csv.time(leaf.occurredAt()) : "";
        row.changedAt = Csv.time(leaf.occurredAt());
        row.after = leaf.after().isEmpty() ? row.after : leaf.after();
        row.index = leaf.index();
    }

    @Override
    public void finish() throws IOException {
        csv.rows(rows.values());
    }
}
