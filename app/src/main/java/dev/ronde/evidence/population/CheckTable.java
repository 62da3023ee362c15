package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Every definition that was published or judged in the period, by its hash, with what it found. */
final class CheckTable implements PopulationTable {
    /** The collector in a result if a person was asked. */
    private static final String ATTESTATION = "attestation";

    private static final List<String> OUTCOMES =
            List.of("pass", "fail", "error", "unknown", "not_applicable", "missed");

    private final ExportScope scope;
    private final Csv<Row> csv;
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private final String check;
        private final String sha256;
        private String title = "";
        private String severity = "";
        private String controls = "";
        private String publishedAt = "";
        private String publishedBy = "";
        private String index = "";
        private @Nullable Instant endedAt;
        private boolean attested;
        private String firstRunAt = "";
        private String lastRunAt = "";
        private final Map<String, Long> outcomes = new TreeMap<>();

        Row(String check, String sha256) {
            this.check = check;
            this.sha256 = sha256;
        }
    }

    CheckTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(out, columns(names));
    }

    private static Table<Row> columns(UnaryOperator<String> names) {
        Table<Row> columns = Table.<Row>empty()
                .with("check", row -> row.check)
                .with("check_sha256", row -> row.sha256)
                .with("title", row -> row.title)
                .with("severity", row -> row.severity)
                .with("controls", row -> row.controls)
                .with("published_at", row -> row.publishedAt)
                .with("published_by", row -> names.apply(row.publishedBy))
                .with("first_run_at", row -> row.firstRunAt)
                .with("last_run_at", row -> row.lastRunAt);
        for (String outcome : OUTCOMES) {
            columns = columns.with(outcome, row -> row.outcomes.getOrDefault(outcome, 0L));
        }
        return columns.with("index", row -> row.index)
                .with("attested", row -> row.attested)
                .with("ended_at", row -> row.endedAt);
    }

    @Override
    public void add(Leaf leaf) {
        switch (leaf.type()) {
            case "check.published" -> {
                if (leaf.occurredAt().isBefore(scope.end())) {
                    ended(leaf);
                    published(leaf);
                }
            }
            case "check.retired" -> {
                if (leaf.occurredAt().isBefore(scope.end())) {
                    ended(leaf);
                }
            }
            case "check.result", "run.missed" -> {
                if (scope.covers(leaf)) {
                    ran(leaf);
                }
            }
            default -> {
                // no definition is named
            }
        }
    }

    private void ended(Leaf leaf) {
        for (Row row : rows.values()) {
            if (row.check.equals(leaf.check()) && !row.publishedAt.isEmpty() && row.endedAt == null) {
                row.endedAt = leaf.occurredAt();
            }
        }
    }

    private void published(Leaf leaf) {
        Row row = row(leaf.check(), leaf.checkSha256());
        row.endedAt = null;
        row.title = Leaf.text(leaf.after(), "title");
        row.severity = Leaf.text(leaf.after(), "severity");
        row.controls = String.join("|", leaf.controls());
        row.publishedAt = Csv.time(leaf.occurredAt());
        row.publishedBy = leaf.actorRef();
        row.index = Long.toString(leaf.index());
    }

    private void ran(Leaf leaf) {
        Row row = row(leaf.check(), leaf.checkSha256());
        String at = Csv.time(leaf.occurredAt());
        row.firstRunAt = row.firstRunAt.isEmpty() ? at : row.firstRunAt;
        row.lastRunAt = at;
        row.attested |= Leaf.text(Leaf.map(leaf.data().get("collector")), "id").equals(ATTESTATION);
        row.outcomes.merge(leaf.type().equals("run.missed") ? "missed" : leaf.field("outcome"), 1L, Long::sum);
    }

    private Row row(String check, String sha256) {
        return rows.computeIfAbsent(check + "\n" + sha256, key -> new Row(check, sha256));
    }

    @Override
    public void finish() throws IOException {
        csv.rows(rows.values());
    }
}
