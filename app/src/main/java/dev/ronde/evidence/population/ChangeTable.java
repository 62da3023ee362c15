package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes each change of the rules with its record. */
final class ChangeTable implements PopulationTable {
    private final RuleChanges changes;
    private final Csv<RuleChanges.Row> csv;

    ChangeTable(ExportScope scope, Writer out) throws IOException {
        this.changes = new RuleChanges(scope);
        this.csv = new Csv<>(
                out,
                Table.<RuleChanges.Row>empty()
                        .with("at", RuleChanges.Row::at)
                        .with("type", RuleChanges.Row::type)
                        .with("id", RuleChanges.Row::id)
                        .with("field", RuleChanges.Row::field)
                        .with("before", RuleChanges.Row::before)
                        .with("after", RuleChanges.Row::after)
                        .with("by", RuleChanges.Row::by)
                        .with("index", RuleChanges.Row::index)
                        .with("before_index", RuleChanges.Row::beforeIndex));
    }

    @Override
    public void add(Leaf leaf) throws IOException {
        write(changes.add(leaf));
    }

    @Override
    public void finish() throws IOException {
        write(changes.begin());
    }

    private void write(List<RuleChanges.Row> rows) throws IOException {
        for (RuleChanges.Row row : rows) {
            csv.row(row);
        }
    }
}
