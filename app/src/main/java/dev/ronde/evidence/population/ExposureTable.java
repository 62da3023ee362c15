package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every window in which a check failed on an asset and that reaches into the period, as it stood at its end. A window that was open then
 * lasts, for its longest end, until the newest record of the period.
 */
final class ExposureTable implements PopulationTable {
    static final String PATH = "population/exposure.csv";

    private final ExportScope scope;
    private final Csv<Row> csv;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Row> open = new HashMap<>();
    private Instant newest = Instant.MIN;

    private static final class Row {
        private final String finding;
        private final String asset;
        private final String check;
        private String severity = "";
        private @Nullable Instant lastGoodAt;
        private Instant firstBadAt;
        private Instant detectedAt;
        private Instant lastBadAt;
        private @Nullable Instant fixedAt;
        private @Nullable Instant acknowledgedAt;

        Row(Leaf opened) {
            String ref = opened.asset();
            finding = opened.subjectId();
            asset = ref == null ? "" : ref;
            check = opened.check();
            firstBadAt = opened.occurredAt();
            detectedAt = opened.occurredAt();
            lastBadAt = opened.occurredAt();
        }
    }

    ExposureTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(out, columns());
    }

    /** Instants in UTC, lengths in whole seconds. */
    private Table<Row> columns() {
        return Table.<Row>empty()
                .with("finding", row -> row.finding)
                .with("asset", row -> row.asset)
                .with("check", row -> row.check)
                .with("severity", row -> row.severity)
                .with("state", row -> row.fixedAt == null ? "open" : "fixed")
                .with("last_good_at", row -> row.lastGoodAt)
                .with("first_bad_at", row -> row.firstBadAt)
                .with("detected_at", row -> row.detectedAt)
                .with("last_bad_at", row -> row.lastBadAt)
                .with("fixed_at", row -> row.fixedAt)
                .with("min_seconds", row -> seconds(row.firstBadAt, row.lastBadAt))
                .with("max_seconds", row -> row.lastGoodAt == null ? "" : seconds(row.lastGoodAt, end(row)))
                .with("in_period_min_seconds", row -> overlap(row.firstBadAt, row.lastBadAt))
                .with("in_period_max_seconds", row -> overlap(begin(row), end(row)))
                .with("acknowledged_at", row -> row.acknowledgedAt);
    }

    @Override
    public void add(Leaf leaf) {
        if (!leaf.occurredAt().isBefore(scope.end())) {
            return;
        }
        newest = leaf.occurredAt().isAfter(newest) ? leaf.occurredAt() : newest;
        switch (leaf.type()) {
            case "finding.opened" -> {
                Row row = new Row(leaf);
                read(row, leaf);
                row.lastBadAt = row.firstBadAt;
                rows.put(leaf.subjectId(), row);
                open.put(pair(leaf), row);
            }
            case "finding.fixed" -> {
                Row row = rows.get(leaf.subjectId());
                if (row != null) {
                    read(row, leaf);
                    open.remove(pair(leaf));
                }
            }
            case "finding.changed" -> {
                Row row = rows.get(leaf.subjectId());
                if (row != null && leaf.after().containsKey("severity")) {
                    row.severity = Leaf.text(leaf.after(), "severity");
                }
            }
            case "finding.acknowledged" -> {
                Row row = rows.get(leaf.subjectId());
                if (row != null) {
                    row.acknowledgedAt = instant(leaf.after(), "acknowledged_at", leaf.occurredAt());
                }
            }
            case "check.result" -> {
                Row row = open.get(pair(leaf));
                if (row != null && leaf.field("outcome").equals("fail")) {
                    row.lastBadAt = instant(leaf.data(), "observedAt", leaf.occurredAt());
                }
            }
            default -> {
                // says nothing about a window
            }
        }
    }

    private static String pair(Leaf leaf) {
        return leaf.asset() + "\n" + leaf.check();
    }

    private static void read(Row row, Leaf leaf) {
        Map<?, ?> after = leaf.after();
        row.severity = Leaf.text(after, "severity");
        row.firstBadAt = instant(after, "first_bad_at", row.firstBadAt);
        row.detectedAt = instant(after, "detected_at", row.detectedAt);
        row.lastBadAt = instant(after, "last_bad_at", row.lastBadAt);
        row.lastGoodAt = Leaf.text(after, "last_good_at").isEmpty()
                ? row.lastGoodAt
                : instant(after, "last_good_at", row.firstBadAt);
        row.fixedAt = leaf.type().equals("finding.fixed") ? instant(after, "fixed_at", leaf.occurredAt()) : null;
    }

    private static Instant instant(Map<?, ?> after, String field, Instant otherwise) {
        String text = Leaf.text(after, field);
        return text.isEmpty() ? otherwise : Instant.parse(text);
    }

    @Override
    public void finish() throws IOException {
        for (Row row : rows.values()) {
            if (row.fixedAt == null || !row.fixedAt.isBefore(scope.start())) {
                csv.row(row);
            }
        }
    }

    private static Instant begin(Row row) {
        return row.lastGoodAt == null ? row.firstBadAt : row.lastGoodAt;
    }

    private Instant end(Row row) {
        return row.fixedAt == null ? newest : row.fixedAt;
    }

    private static long seconds(Instant begin, Instant end) {
        return Duration.between(begin, end).toSeconds();
    }

    private long overlap(Instant begin, Instant end) {
        Instant from = begin.isBefore(scope.start()) ? scope.start() : begin;
        return end.isAfter(from) ? seconds(from, end) : 0;
    }
}
