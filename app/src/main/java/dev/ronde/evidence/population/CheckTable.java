package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Every definition that was published or judged in the period, by its hash, with what it found. */
final class CheckTable implements Table {
    /** The collector in a result if a person was asked. */
    private static final String ATTESTATION = "attestation";

    private static final List<String> OUTCOMES =
            List.of("pass", "fail", "error", "unknown", "not_applicable", "missed");

    private static final String[] COLUMNS = {
        "check",
        "check_sha256",
        "title",
        "severity",
        "controls",
        "published_at",
        "published_by",
        "first_run_at",
        "last_run_at",
        "pass",
        "fail",
        "error",
        "unknown",
        "not_applicable",
        "missed",
        "index",
        "attested"
    };

    private final ExportScope scope;
    private final Csv csv;
    private final UnaryOperator<String> names;
    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private String title = "";
        private String severity = "";
        private String controls = "";
        private String publishedAt = "";
        private String publishedBy = "";
        private String index = "";
        private boolean attested;
        private String firstRunAt = "";
        private String lastRunAt = "";
        private final Map<String, Long> outcomes = new TreeMap<>();
    }

    CheckTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv(out, COLUMNS);
    }

    @Override
    public void add(Leaf leaf) {
        switch (leaf.type()) {
            case "check.published" -> {
                if (leaf.occurredAt().isBefore(scope.end())) {
                    published(leaf);
                }
            }
            case "check.result", "run.missed" -> {
                if (scope.covers(leaf.occurredAt())) {
                    ran(leaf);
                }
            }
            default -> {
                // no definition is named
            }
        }
    }

    private void published(Leaf leaf) {
        Row row = row(leaf.check(), leaf.checkSha256());
        row.title = Leaf.text(leaf.after(), "title");
        row.severity = Leaf.text(leaf.after(), "severity");
        row.controls = String.join("|", leaf.controls());
        row.publishedAt = leaf.occurredAt().toString();
        row.publishedBy = leaf.actorRef();
        row.index = Long.toString(leaf.index());
    }

    private void ran(Leaf leaf) {
        Row row = row(leaf.check(), leaf.checkSha256());
        String at = leaf.occurredAt().toString();
        row.firstRunAt = row.firstRunAt.isEmpty() ? at : row.firstRunAt;
        row.lastRunAt = at;
        row.attested |= Leaf.text(Leaf.map(leaf.data().get("collector")), "id").equals(ATTESTATION);
        row.outcomes.merge(leaf.type().equals("run.missed") ? "missed" : leaf.field("outcome"), 1L, Long::sum);
    }

    private Row row(String check, String sha256) {
        return rows.computeIfAbsent(check + "\n" + sha256, key -> new Row());
    }

    @Override
    public void finish() throws IOException {
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            String[] key = entry.getKey().split("\n", 2);
            Row row = entry.getValue();
            List<Object> cells = new ArrayList<>(List.of(
                    key[0],
                    key[1],
                    row.title,
                    row.severity,
                    row.controls,
                    row.publishedAt,
                    names.apply(row.publishedBy),
                    row.firstRunAt,
                    row.lastRunAt));
            OUTCOMES.forEach(outcome -> cells.add(row.outcomes.getOrDefault(outcome, 0L)));
            cells.add(row.index);
            cells.add(row.attested);
            csv.row(cells.toArray());
        }
    }
}
