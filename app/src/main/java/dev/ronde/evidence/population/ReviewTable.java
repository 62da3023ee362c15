package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Every review that something happened to in the period, in the state its last record of the period left it. Each record
 * of a review carries the full state after it; texts of people come from the private texts of the record that said them.
 */
final class ReviewTable implements Table {
    private final ExportScope scope;
    private final Csv csv;
    private final UnaryOperator<String> names;
    private final Map<String, Row> rows = new TreeMap<>(ReviewTable::byNumber);
    private final Map<String, Set<Row>> toldBy = new HashMap<>();

    private static final class Row {
        private Map<ReviewColumn, String> state = new EnumMap<>(ReviewColumn.class);
        private String asset = "";
        private String controls = "";
        private String toldAt = "";
        private String waiver = "";
        private String missedCause = "";
        private long records;
    }

    ReviewTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv(out, ReviewColumn.headers().toArray(String[]::new));
    }

    @Override
    public String path() {
        return "population/reviews.csv";
    }

    @Override
    public void add(Leaf leaf) {
        if (!scope.covers(leaf.occurredAt())) {
            return;
        }
        if (leaf.type().equals("mail.accepted")) {
            told(leaf);
        } else if (leaf.type().startsWith("review.")) {
            happened(leaf, rows.computeIfAbsent(leaf.subjectId(), ref -> new Row()));
        }
    }

    private void happened(Leaf leaf, Row row) {
        row.records++;
        String asset = leaf.asset();
        row.asset = asset == null ? row.asset : asset;
        row.controls = leaf.controls().isEmpty() ? row.controls : String.join("|", leaf.controls());
        String mail = leaf.field("mail");
        if (!mail.isEmpty()) {
            toldBy.computeIfAbsent(mail, id -> new HashSet<>()).add(row);
        }
        switch (leaf.type()) {
            case "review.attested" -> row.waiver = leaf.privateText("waiver");
            case "review.withdrawn" -> row.waiver = "";
            case "review.recovered" -> row.missedCause = leaf.privateText("cause");
            default -> {
                // only these say something that the state after them does not
            }
        }
        if (!leaf.after().isEmpty()) {
            row.state = state(leaf.after());
        }
    }

    private static Map<ReviewColumn, String> state(Map<?, ?> after) {
        Map<ReviewColumn, String> state = new EnumMap<>(ReviewColumn.class);
        for (ReviewColumn column : ReviewColumn.values()) {
            String text = Leaf.text(after, column.header());
            boolean instant = column.header().endsWith("_at") && !text.isEmpty();
            state.put(column, instant ? Instant.parse(text).toString() : text);
        }
        state.put(ReviewColumn.CONFIG_DIGEST, Leaf.text(after, "snapshot_digest"));
        state.put(ReviewColumn.OUTCOME, ReviewColumn.outcome(Leaf.text(after, "outcome"), Leaf.text(after, "state")));
        state.put(ReviewColumn.WAIVER, Leaf.text(after, "waiver_until"));
        return state;
    }

    /** A mail server took a mail: the reviews that were put into it have been told. */
    private void told(Leaf leaf) {
        for (Row row : toldBy.getOrDefault(leaf.subjectId(), Set.of())) {
            row.toldAt = row.toldAt.isEmpty() ? leaf.occurredAt().toString() : row.toldAt;
        }
    }

    @Override
    public long finish() throws IOException {
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            csv.row(ReviewColumn.row(cells(entry.getKey(), entry.getValue())).toArray());
        }
        return rows.size();
    }

    private Map<ReviewColumn, String> cells(String ref, Row row) {
        Map<ReviewColumn, String> cells = row.state;
        cells.put(ReviewColumn.REF, ref);
        cells.put(ReviewColumn.ASSET_REF, row.asset);
        cells.put(ReviewColumn.CONTROLS, row.controls);
        cells.put(ReviewColumn.MISSED_CAUSE, row.missedCause);
        cells.put(ReviewColumn.WAIVER, ReviewColumn.waiver(row.waiver, cells.getOrDefault(ReviewColumn.WAIVER, "")));
        cells.put(ReviewColumn.EVIDENCE_COUNT, Long.toString(row.records));
        for (ReviewColumn person : new ReviewColumn[] {ReviewColumn.PERFORMED_BY, ReviewColumn.APPROVER}) {
            cells.computeIfPresent(person, (column, reference) -> names.apply(reference));
        }
        if (cells.getOrDefault(ReviewColumn.FIRST_NOTIFIED_AT, "").isEmpty()) {
            cells.put(ReviewColumn.FIRST_NOTIFIED_AT, row.toldAt);
        }
        return cells;
    }

    /** {@code REV-9} before {@code REV-10}. */
    static int byNumber(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
    }
}
