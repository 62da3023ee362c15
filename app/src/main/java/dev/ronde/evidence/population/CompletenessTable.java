package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many records of each type and month are in the index, in the records of the bundle, and in the tables of runs and reviews; what
 * differs is explained. The month is that of the seal, as nothing else is known of what is withheld.
 */
final class CompletenessTable {
    private final ExportScope scope;
    private final Csv<Map.Entry<String, Count>> csv;
    private final Map<String, Count> batch = new HashMap<>();
    private final Map<String, Count> months = new TreeMap<>();

    private static final class Count {
        private long index;
        private long disclosed;
        private long tables;
        private long outsideScope;
        private long purged;

        void add(Count other) {
            index += other.index;
            disclosed += other.disclosed;
            tables += other.tables;
            outsideScope += other.outsideScope;
            purged += other.purged;
        }

        String explanation(boolean counted) {
            long withheld = index - disclosed - purged;
            return part(purged, "purged under retention")
                    + part(outsideScope, "by hash only, outside the scope")
                    + part(withheld - outsideScope, "by hash only, outside the period")
                    + part(counted ? disclosed - tables : 0, "of another period, or here for an attestation only");
        }

        private static String part(long count, String why) {
            return count == 0 ? "" : count + " " + why + ". ";
        }
    }

    CompletenessTable(ExportScope scope, Writer out) throws IOException {
        this.scope = scope;
        this.csv = new Csv<>(
                out,
                Table.<Map.Entry<String, Count>>empty()
                        .with("type", row -> row.getKey().split(",")[0])
                        .with("month", row -> row.getKey().split(",")[1])
                        .with("in_index", row -> row.getValue().index)
                        .with("disclosed", row -> row.getValue().disclosed)
                        .with("in_tables", row -> isCounted(row.getKey()) ? row.getValue().tables : "")
                        .with(
                                "difference",
                                row -> row.getValue().index
                                        - (isCounted(row.getKey()) ? row.getValue().tables : row.getValue().disclosed))
                        .with(
                                "explanation",
                                row -> row.getValue()
                                        .explanation(isCounted(row.getKey()))
                                        .strip()));
    }

    private static boolean isCounted(String type) {
        return type.startsWith("review.") || type.startsWith("check.result,") || type.startsWith(Leaf.MISSED);
    }

    /** Takes every place of the log. */
    void add(String type, boolean disclosed) {
        Count count = batch.computeIfAbsent(type, key -> new Count());
        count.index++;
        count.disclosed += disclosed ? 1 : 0;
    }

    /** Takes a place whose record is purged. */
    void purged(String type) {
        add(type, false);
        batch.computeIfAbsent(type, key -> new Count()).purged++;
    }

    /** Takes what the tables are told of, after its place. */
    void told(Leaf leaf) {
        if (isCounted(leaf.type() + ",") && scope.covers(leaf)) {
            batch.computeIfAbsent(leaf.type(), key -> new Count()).tables++;
        }
    }

    /** Ends a batch; {@code place} is where it lies. */
    void sealed(Leaf seal, SealSpan.Place place) {
        String month = seal.recordedAt().toString().substring(0, 7);
        batch.forEach((type, count) -> {
            count.outsideScope = place == SealSpan.Place.WITHIN ? count.index - count.disclosed - count.purged : 0;
            months.computeIfAbsent(type + "," + month, key -> new Count()).add(count);
        });
        batch.clear();
    }

    void finish() throws IOException {
        for (Map.Entry<String, Count> row : months.entrySet()) {
            csv.row(row);
        }
    }
}
