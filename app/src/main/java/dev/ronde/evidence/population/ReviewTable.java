package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Every review that was due in the period, in the state its last disclosed record left it, whenever that was written; and apart from them
 * those that are still to come. Each record of a review carries the full state after it; texts of people come from the private texts of
 * the record that said them. What is not over grows late without a record, and so does the gap of what was missed until the next
 * performance: both are counted to the newest record, as the bundle knows no later time.
 */
final class ReviewTable implements PopulationTable {
    private final ExportScope scope;
    private final Csv<ReviewRow> csv;
    private final Csv<ReviewRow> upcoming;
    private final UnaryOperator<String> names;
    private final Map<String, ReviewRow> rows = new TreeMap<>(ReviewTable::byNumber);
    private final Map<String, Set<ReviewRow>> toldBy = new HashMap<>();
    /** Of the newest result of each asset and check. */
    private final Map<String, String> waivers = new HashMap<>();

    private Instant newest = Instant.MIN;

    /** @param upcoming of what is due after the period or after the newest record */
    ReviewTable(ExportScope scope, Writer out, Writer upcoming, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv<>(out, columns());
        this.upcoming = new Csv<>(upcoming, columns());
    }

    private Table<ReviewRow> columns() {
        Table<ReviewRow> columns = Table.empty();
        for (ReviewColumn column : ReviewColumn.values()) {
            columns = columns.with(column.header(), row -> row.cell(column));
        }
        return columns.with("owner", row -> names.apply(row.owner))
                .with("owner_ref", row -> row.owner)
                .with("performer_ref", row -> row.performer)
                .with("note", row -> row.note)
                .with("corrective_action", row -> row.action)
                .with("cause_recorded_by", row -> names.apply(row.causeBy))
                .with("why_late", ReviewRow::whyLate)
                .with("index", row -> row.index)
                .with("approval", row -> row.approval);
    }

    @Override
    public void add(Leaf leaf) {
        newest = leaf.occurredAt().isAfter(newest) ? leaf.occurredAt() : newest;
        result(leaf);
        if (leaf.type().equals("mail.accepted")) {
            told(leaf);
        } else if (leaf.type().startsWith("review.")) {
            happened(leaf, rows.computeIfAbsent(leaf.subjectId(), ReviewRow::new));
        }
    }

    /** Takes every result, also one that is here for an attestation alone. */
    void result(Leaf leaf) {
        if (leaf.type().equals("check.result")) {
            waivers.put(leaf.asset() + "\n" + leaf.check(), leaf.field("waiver"));
        }
    }

    private void happened(Leaf leaf, ReviewRow row) {
        boolean belongs = scope.covers(leaf);
        String mail = leaf.field("mail");
        if (leaf.type().equals("review.undelivered")) {
            row.told.remove(mail);
        } else if (belongs && !mail.isEmpty() && !tellsOfMiss(leaf.field("rung"))) {
            toldBy.computeIfAbsent(mail, id -> new HashSet<>()).add(row);
        }
        row.add(leaf, belongs, waivers);
        if (row.isOver()
                && leaf.dueOn().filter(day -> day.isBefore(scope.from())).isPresent()) {
            rows.remove(row.ref);
        }
    }

    /** Whether a notice only tells leads that the review was missed, and asks nobody to do it. */
    private static boolean tellsOfMiss(String rung) {
        return rung.equals("missed") || rung.startsWith("missed~") || rung.startsWith("recovery-");
    }

    /** Once a mail server takes a mail, the reviews in it count as told. */
    private void told(Leaf leaf) {
        for (ReviewRow row : toldBy.getOrDefault(leaf.subjectId(), Set.of())) {
            row.told.putIfAbsent(leaf.subjectId(), Csv.time(leaf.occurredAt()));
        }
    }

    @Override
    public void finish() throws IOException {
        for (ReviewRow row : rows.values()) {
            boolean isToCome = row.isUpcoming(scope, newest);
            row.finish(isToCome && scope.end().isBefore(newest) ? scope.end() : newest, names);
            if (isToCome) {
                upcoming.row(row);
            } else if (row.belongs) {
                csv.row(row);
            }
        }
    }

    /** Those that are not to come, and what waits since before the period, once the table is finished. */
    List<ReviewRow> due() {
        return rows.values().stream()
                .filter(row -> !row.isUpcoming(scope, newest))
                .toList();
    }

    /** {@code REV-9} before {@code REV-10}. */
    static int byNumber(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
    }
}
