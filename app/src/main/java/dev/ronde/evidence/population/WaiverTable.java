package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Every waiver that something happened to in the period, or that an earlier decision lets cover a day of it, in the state its last
 * record up to the end of the period left it.
 */
final class WaiverTable implements PopulationTable {
    static final String PATH = "population/waivers.csv";

    private final ExportScope scope;
    private final Csv<Row> csv;
    private final UnaryOperator<String> names;
    private final Map<String, Row> rows = new TreeMap<>(ReviewTable::byNumber);

    private static final class Row {
        private final String ref;
        private Map<?, ?> after = Map.of();
        private String asset = "";
        private String check = "";
        private String finding = "";
        private String reason = "";
        private String ticket = "";
        private String decision = "";
        private String requestedAt = "";
        private String decidedAt = "";
        private String revokedAt = "";
        private String expiredAt = "";
        private boolean touched;
        private long index;

        Row(String ref) {
            this.ref = ref;
        }
    }

    WaiverTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv<>(out, columns());
    }

    private Table<Row> columns() {
        return Table.<Row>empty()
                .with("waiver", row -> row.ref)
                .with("asset", row -> row.asset)
                .with("check", row -> row.check)
                .with("finding", row -> row.finding)
                .with("state", row -> Leaf.text(row.after, "state"))
                .with("category", row -> Leaf.text(row.after, "category"))
                .with("assertions", row -> Leaf.text(row.after, "assertions"))
                .with("bound_to", row -> Leaf.text(row.after, "bound_to"))
                .with("compensating_check", row -> Leaf.text(row.after, "compensating_check"))
                .with("reason", row -> row.reason)
                .with("ticket", row -> row.ticket)
                .with("from", row -> Leaf.text(row.after, "from"))
                .with("until", row -> Leaf.text(row.after, "until"))
                .with("renewals", row -> Leaf.text(row.after, "renewals"))
                .with("requested_by", row -> who(row.after, "requested"))
                .with("requested_at", row -> row.requestedAt)
                .with("approved_by", row -> who(row.after, "approved"))
                .with("denied_by", row -> who(row.after, "denied"))
                .with("decided_at", row -> row.decidedAt)
                .with("decision_reason", row -> row.decision)
                .with("revoked_by", row -> who(row.after, "revoked"))
                .with("revoked_at", row -> row.revokedAt)
                .with("expired_at", row -> row.expiredAt)
                .with("index", row -> row.index);
    }

    @Override
    public void add(Leaf leaf) {
        if (!leaf.type().startsWith("waiver.") || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        Row row = rows.computeIfAbsent(leaf.subjectId(), Row::new);
        String asset = leaf.asset();
        row.asset = asset == null ? row.asset : asset;
        row.check = leaf.check();
        row.finding = leaf.field("finding");
        row.after = leaf.after();
        row.index = leaf.index();
        row.touched |= scope.covers(leaf.occurredAt());
        String at = Csv.time(leaf.occurredAt());
        switch (leaf.type()) {
            case "waiver.requested" -> {
                row.requestedAt = at;
                row.reason = leaf.privateText("reason");
                row.ticket = leaf.privateText("ticket");
            }
            case "waiver.approved", "waiver.denied" -> {
                row.decidedAt = at;
                row.decision = leaf.privateText("reason");
            }
            case "waiver.revoked" -> row.revokedAt = at;
            case "waiver.expired" -> row.expiredAt = at;
            default -> {
                // its state says it all
            }
        }
    }

    /** Whether it was touched in the period, or was approved before and not over when the period began. */
    private boolean belongs(Row row) {
        return row.touched
                || (!Leaf.text(row.after, "approved_by").isEmpty()
                        && row.revokedAt.isEmpty()
                        && row.expiredAt.isEmpty()
                        && reaches(Leaf.text(row.after, "until")));
    }

    private boolean reaches(String until) {
        try {
            return !LocalDate.parse(until).isBefore(scope.from());
        } catch (DateTimeException e) {
            return true;
        }
    }

    @Override
    public void finish() throws IOException {
        for (Row row : rows.values()) {
            if (belongs(row)) {
                csv.row(row);
            }
        }
    }

    /** The name; for a token also its owner's name. */
    private String who(Map<?, ?> after, String what) {
        String behind = Leaf.text(after, what + "_for");
        return names.apply(Leaf.text(after, what + "_by"))
                + (behind.isEmpty() ? "" : " (token of " + names.apply(behind) + ")");
    }
}
