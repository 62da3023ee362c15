package dev.ronde.evidence.population;

import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every window in which a check failed on an asset and that reaches into the period, as it stood at its end. A window that was open then
 * lasts, for its longest end, until the newest record of the period.
 */
public final class ExposureTable implements Table {
    static final String PATH = "population/exposure.csv";

    /** The columns, also those of the product's own file; instants in UTC, lengths in whole seconds. */
    public static final List<String> COLUMNS = List.of(
            "finding",
            "asset",
            "check",
            "severity",
            "state",
            "last_good_at",
            "first_bad_at",
            "detected_at",
            "last_bad_at",
            "fixed_at",
            "min_seconds",
            "max_seconds",
            "in_period_min_seconds",
            "in_period_max_seconds",
            "acknowledged_at");

    private final ExportScope scope;
    private final Csv csv;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Row> open = new HashMap<>();
    private Instant newest = Instant.MIN;

    private static final class Row {
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
            asset = ref == null ? "" : ref;
            check = opened.check();
            firstBadAt = opened.occurredAt();
            detectedAt = opened.occurredAt();
            lastBadAt = opened.occurredAt();
        }
    }

    ExposureTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv(out, COLUMNS.toArray(String[]::new));
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
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            Row row = entry.getValue();
            if (row.fixedAt == null || !row.fixedAt.isBefore(scope.start())) {
                write(entry.getKey(), row);
            }
        }
    }

    private void write(String finding, Row row) throws IOException {
        Instant end = row.fixedAt == null ? newest : row.fixedAt;
        Instant begin = row.lastGoodAt == null ? row.firstBadAt : row.lastGoodAt;
        List<Object> cells = new ArrayList<>(List.of(
                finding,
                row.asset,
                row.check,
                row.severity,
                row.fixedAt == null ? "open" : "fixed",
                text(row.lastGoodAt),
                text(row.firstBadAt),
                text(row.detectedAt),
                text(row.lastBadAt),
                text(row.fixedAt),
                Duration.between(row.firstBadAt, row.lastBadAt).toSeconds(),
                row.lastGoodAt == null ? "" : Duration.between(begin, end).toSeconds(),
                overlap(row.firstBadAt, row.lastBadAt),
                overlap(begin, end)));
        cells.add(text(row.acknowledgedAt));
        csv.row(cells.toArray());
    }

    private static String text(@Nullable Instant instant) {
        return instant == null ? "" : instant.toString();
    }

    private long overlap(Instant begin, Instant end) {
        Instant from = begin.isBefore(scope.start()) ? scope.start() : begin;
        return end.isAfter(from) ? Duration.between(from, end).toSeconds() : 0;
    }
}
