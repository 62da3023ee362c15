package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;

/** Expected against actual: one row for every check run that was due in the period, also for those that did not happen. */
final class RunTable implements PopulationTable {
    static final String PATH = "population/expected_vs_actual.csv";

    private final ExportScope scope;
    private final Csv<Leaf> csv;

    RunTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(out, columns());
    }

    private static Table<Leaf> columns() {
        return Table.<Leaf>empty()
                .with("asset", Leaf::asset)
                .with("check", Leaf::check)
                .with("due", leaf -> leaf.dueAt().map(Csv::time).orElseGet(() -> leaf.field("due")))
                .with("performed_at", leaf -> isMissed(leaf) ? "" : leaf.occurredAt())
                .with("outcome", leaf -> isMissed(leaf) ? "missed" : leaf.field("outcome"))
                .with("late_sec", RunTable::late)
                .with("waiver", leaf -> leaf.field("waiver"))
                .with("reason", leaf -> leaf.field("reason"))
                .with("check_sha256", Leaf::checkSha256)
                .with("index", Leaf::index);
    }

    @Override
    public void add(Leaf leaf) throws IOException {
        if (leaf.isRun() && scope.covers(leaf)) {
            csv.row(leaf);
        }
    }

    private static boolean isMissed(Leaf leaf) {
        return leaf.type().equals(Leaf.MISSED);
    }

    private static Object late(Leaf leaf) {
        if (isMissed(leaf)) {
            return "";
        }
        return leaf.dueAt()
                .<Object>map(due ->
                        Math.max(0, Duration.between(due, leaf.occurredAt()).toSeconds()))
                .orElse("");
    }
}
