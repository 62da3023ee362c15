package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The inventory as it was: every asset of the scope with its state when the period began and when it ended. */
final class AssetTable implements Table {
    private final ExportScope scope;
    private final Csv csv;
    private final UnaryOperator<String> names;
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private Map<?, ?> after = Map.of();
        private String atStart = "absent";
        private String atEnd = "absent";
        private String from = "";
        private String until = "";
        private String changedAt = "";
        private long revisions;
        private long index;
    }

    AssetTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv(
                out,
                "ref",
                "name",
                "kind",
                "environment",
                "criticality",
                "data_class",
                "unit",
                "owner",
                "state_at_start",
                "state_at_end",
                "in_scope_from",
                "in_scope_to",
                "changes_in_period",
                "last_changed_at",
                "index");
    }

    @Override
    public void add(Leaf leaf) {
        String asset = leaf.asset();
        if (asset == null
                || !leaf.type().startsWith("asset.")
                || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        Row row = rows.computeIfAbsent(asset, ref -> new Row());
        boolean retired = leaf.type().equals("asset.retired");
        row.atEnd = retired ? "retired" : "active";
        if (leaf.occurredAt().isBefore(scope.start())) {
            row.atStart = row.atEnd;
        } else {
            row.revisions++;
        }
        row.from = row.from.isEmpty() ? leaf.occurredAt().toString() : row.from;
        row.until = retired ? leaf.occurredAt().toString() : "";
        row.changedAt = leaf.occurredAt().toString();
        row.after = leaf.after().isEmpty() ? row.after : leaf.after();
        row.index = leaf.index();
    }

    @Override
    public void finish() throws IOException {
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            csv.row(
                    entry.getKey(),
                    Leaf.text(row.after, "name"),
                    Leaf.text(row.after, "kind"),
                    Leaf.text(row.after, "environment"),
                    Leaf.text(row.after, "criticality"),
                    Leaf.text(row.after, "data_class"),
                    Leaf.text(row.after, "unit"),
                    names.apply(Leaf.text(row.after, "owner")),
                    row.atStart,
                    row.atEnd,
                    row.from,
                    row.until,
                    row.revisions,
                    row.changedAt,
                    row.index);
        }
    }
}
