package dev.ronde.evidence.population;

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
final class WaiverTable implements Table {
    static final String PATH = "population/waivers.csv";

    private final ExportScope scope;
    private final Csv csv;
    private final UnaryOperator<String> names;
    private final Map<String, Row> rows = new TreeMap<>(ReviewTable::byNumber);

    private static final class Row {
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
    }

    WaiverTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv(
                out,
                "waiver",
                "asset",
                "check",
                "finding",
                "state",
                "category",
                "assertions",
                "bound_to",
                "compensating_check",
                "reason",
                "ticket",
                "from",
                "until",
                "renewals",
                "requested_by",
                "requested_at",
                "approved_by",
                "denied_by",
                "decided_at",
                "decision_reason",
                "revoked_by",
                "revoked_at",
                "expired_at",
                "index");
    }

    @Override
    public void add(Leaf leaf) {
        if (!leaf.type().startsWith("waiver.") || !leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        Row row = rows.computeIfAbsent(leaf.subjectId(), ref -> new Row());
        String asset = leaf.asset();
        row.asset = asset == null ? row.asset : asset;
        row.check = leaf.check();
        row.finding = leaf.field("finding");
        row.after = leaf.after();
        row.index = leaf.index();
        row.touched |= scope.covers(leaf.occurredAt());
        String at = leaf.occurredAt().toString();
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
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            if (belongs(row)) {
                write(entry.getKey(), row);
            }
        }
    }

    private void write(String ref, Row row) throws IOException {
        Map<?, ?> after = row.after;
        csv.row(
                ref,
                row.asset,
                row.check,
                row.finding,
                Leaf.text(after, "state"),
                Leaf.text(after, "category"),
                Leaf.text(after, "assertions"),
                Leaf.text(after, "bound_to"),
                Leaf.text(after, "compensating_check"),
                row.reason,
                row.ticket,
                Leaf.text(after, "from"),
                Leaf.text(after, "until"),
                Leaf.text(after, "renewals"),
                who(after, "requested"),
                row.requestedAt,
                who(after, "approved"),
                who(after, "denied"),
                row.decidedAt,
                row.decision,
                who(after, "revoked"),
                row.revokedAt,
                row.expiredAt,
                row.index);
    }

    /** The name; for a token also its owner's name. */
    private String who(Map<?, ?> after, String what) {
        String behind = Leaf.text(after, what + "_for");
        return names.apply(Leaf.text(after, what + "_by"))
                + (behind.isEmpty() ? "" : " (token of " + names.apply(behind) + ")");
    }
}
