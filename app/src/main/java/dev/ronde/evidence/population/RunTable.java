package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Expected against actual: one row for every check run that was due in the period, also for those that did not happen. */
final class RunTable implements Table {
    static final String PATH = "population/expected_vs_actual.csv";

    private final ExportScope scope;
    private final Csv csv;

    RunTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv(
                out,
                "asset",
                "check",
                "due",
                "performed_at",
                "outcome",
                "late_sec",
                "waiver",
                "reason",
                "check_sha256",
                "index");
    }

    @Override
    public void add(Leaf leaf) throws IOException {
        boolean missed = leaf.type().equals("run.missed");
        if ((!missed && !leaf.type().equals("check.result")) || !scope.covers(leaf.occurredAt())) {
            return;
        }
        String asset = leaf.asset();
        String due = leaf.field("due");
        String performedAt = missed ? "" : leaf.occurredAt().toString();
        csv.row(
                asset == null ? "" : asset,
                leaf.check(),
                due,
                performedAt,
                missed ? "missed" : leaf.field("outcome"),
                late(due, performedAt),
                leaf.field("waiver"),
                leaf.field("reason"),
                leaf.checkSha256(),
                leaf.index());
    }

    private static Object late(String due, String performedAt) {
        try {
            return Math.max(
                    0,
                    Duration.between(Instant.parse(due), Instant.parse(performedAt))
                            .toSeconds());
        } catch (DateTimeException e) {
            return "";
        }
    }
}
