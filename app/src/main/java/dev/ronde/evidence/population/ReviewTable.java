package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Every review that something happened to in the period, in the state its last record of the period left it.
 * The columns are those of the reviews export in {@code contract.md}.
 */
final class ReviewTable implements Table {
    private static final String[] COLUMNS = {
        "ref",
        "asset_ref",
        "asset_name",
        "plan",
        "plan_version",
        "controls",
        "cause",
        "scheduled_on",
        "due_on",
        "opened_at",
        "first_notified_at",
        "performed_at",
        "recorded_at",
        "performed_by",
        "channel",
        "assurance",
        "outcome",
        "days_late",
        "gap_days",
        "max_gap_days",
        "gap_ok",
        "missed_cause",
        "recovery",
        "config_digest",
        "baseline_digest",
        "changes",
        "approver",
        "approved_at",
        "waiver",
        "evidence_count"
    };

    private final ExportScope scope;
    private final Csv csv;
    private final UnaryOperator<String> names;
    private final Map<String, Map<String, String>> rows = new TreeMap<>();

    ReviewTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv(out, COLUMNS);
    }

    @Override
    public String path() {
        return "population/reviews.csv";
    }

    @Override
    public void add(Leaf leaf) {
        if (!leaf.type().startsWith("review.") || !scope.covers(leaf.occurredAt())) {
            return;
        }
        Map<String, String> row = rows.computeIfAbsent(leaf.subjectId(), id -> new TreeMap<>());
        row.put("ref", leaf.subjectId());
        row.merge("evidence_count", "1", (count, one) -> Long.toString(Long.parseLong(count) + 1));
        String asset = leaf.asset();
        if (asset != null) {
            row.put("asset_ref", asset);
        }
        if (!leaf.controls().isEmpty()) {
            row.put("controls", String.join("|", leaf.controls()));
        }
        for (String column : COLUMNS) {
            String text = Leaf.text(leaf.after(), column);
            if (!text.isEmpty()) {
                row.put(column, text);
            }
        }
        String digest = Leaf.text(leaf.after(), "snapshot_digest");
        if (!digest.isEmpty()) {
            row.put("config_digest", digest);
        }
        switch (leaf.type()) {
            case "review.opened" ->
                row.putIfAbsent("opened_at", leaf.occurredAt().toString());
            case "review.attested" -> attested(leaf, row);
            case "review.missed" -> row.put("outcome", "missed");
            case "review.withdrawn" ->
                row.keySet().removeAll(java.util.List.of("outcome", "performed_at", "recorded_at", "performed_by"));
            default -> {
                // the state says it all
            }
        }
    }

    private void attested(Leaf leaf, Map<String, String> row) {
        row.putIfAbsent("performed_at", leaf.occurredAt().toString());
        row.put("recorded_at", leaf.recordedAt().toString());
        row.put("performed_by", leaf.actorRef());
        row.putIfAbsent("channel", leaf.actorAuth());
        for (String column : new String[] {"outcome", "assurance", "channel", "config_digest", "baseline_digest"}) {
            if (!leaf.field(column).isEmpty()) {
                row.put(column, leaf.field(column));
            }
        }
    }

    @Override
    public long finish() throws IOException {
        for (Map<String, String> row : rows.values()) {
            Object[] cells = new Object[COLUMNS.length];
            for (int i = 0; i < COLUMNS.length; i++) {
                String text = row.getOrDefault(COLUMNS[i], "");
                cells[i] =
                        COLUMNS[i].equals("performed_by") || COLUMNS[i].equals("approver") ? names.apply(text) : text;
            }
            csv.row(cells);
        }
        return rows.size();
    }
}
