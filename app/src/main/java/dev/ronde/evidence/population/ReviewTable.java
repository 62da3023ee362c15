package dev.ronde.evidence.population;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Every review that something happened to in the period, in the state its last record of the period left it. Each record
 * of a review carries the full state after it; texts of people come from the private texts of the record that said them. What is not over
 * grows late without a record, and so does the gap of what was missed until the next performance: both are counted to the newest record of
 * the period, as the bundle knows no later time.
 */
final class ReviewTable implements PopulationTable {
    private static final Set<String> WAITING = Set.of("scheduled", "open", "acknowledged");

    private final ExportScope scope;
    private final Csv<Map<ReviewColumn, String>> csv;
    private final UnaryOperator<String> names;
    private final Map<String, Row> rows = new TreeMap<>(ReviewTable::byNumber);
    private final Map<String, Set<Row>> toldBy = new HashMap<>();
    private Instant newest = Instant.MIN;

    private static final class Row {
        private Map<ReviewColumn, String> state = new EnumMap<>(ReviewColumn.class);
        private String asset = "";
        private String controls = "";
        /** When each mail about it was taken, in that order; mails that came back are left out. */
        private final Map<String, String> told = new LinkedHashMap<>();

        private String waiver = "";
        private String missedCause = "";
        private String standing = "";
        private String zone = "";
        private String unmetSince = "";
        private String madeUpOn = "";
        private Instant recordedAt = Instant.MIN;
        private long records;
    }

    ReviewTable(ExportScope scope, Writer out, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.names = names;
        this.csv = new Csv<>(out, ReviewColumn.TABLE);
    }

    @Override
    public void add(Leaf leaf) {
        if (!scope.covers(leaf.occurredAt())) {
            return;
        }
        newest = leaf.occurredAt().isAfter(newest) ? leaf.occurredAt() : newest;
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
        if (leaf.type().equals("review.undelivered")) {
            row.told.remove(mail);
        } else if (!mail.isEmpty() && !tellsOfMiss(leaf.field("rung"))) {
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
            row.standing = Leaf.text(leaf.after(), "state");
            row.zone = Leaf.text(leaf.after(), "zone");
            row.unmetSince = Leaf.text(leaf.after(), "unmet_since");
            row.madeUpOn = Leaf.text(leaf.after(), "made_up_on");
            row.recordedAt = leaf.recordedAt();
        }
    }

    /** Whether a notice only tells leads that the review was missed, and asks nobody to do it. */
    private static boolean tellsOfMiss(String rung) {
        return rung.equals("missed") || rung.startsWith("missed~") || rung.startsWith("recovery-");
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

    /** Once a mail server takes a mail, the reviews in it count as told. */
    private void told(Leaf leaf) {
        for (Row row : toldBy.getOrDefault(leaf.subjectId(), Set.of())) {
            row.told.putIfAbsent(leaf.subjectId(), leaf.occurredAt().toString());
        }
    }

    @Override
    public void finish() throws IOException {
        for (Map.Entry<String, Row> entry : rows.entrySet()) {
            csv.row(cells(entry.getKey(), entry.getValue()));
        }
    }

    /** Updates what depends on the day, from the row's last record to the newest record of the period. */
    private void count(Row row) {
        boolean waits = WAITING.contains(row.standing);
        boolean undone = row.standing.equals("missed")
                && row.madeUpOn.isEmpty()
                && row.state.getOrDefault(ReviewColumn.PERFORMED_AT, "").isEmpty();
        if (!(waits || undone) || !newest.isAfter(row.recordedAt)) {
            return;
        }
        ZoneId zone = ZoneId.of(row.zone);
        LocalDate day = LocalTimes.dayOf(newest, zone);
        if (waits) {
            LocalDate dueOn = LocalDate.parse(row.state.getOrDefault(ReviewColumn.DUE_ON, ""));
            row.state.put(ReviewColumn.DAYS_LATE, String.valueOf(Due.daysLate(dueOn, day)));
        }
        String limit = row.state.getOrDefault(ReviewColumn.MAX_GAP_DAYS, "");
        boolean unmet = waits
                && !row.unmetSince.isEmpty()
                && LocalDate.parse(row.unmetSince).isBefore(day);
        String gapThen = row.state.getOrDefault(ReviewColumn.GAP_DAYS, "");
        if (!gapThen.isEmpty()) {
            long gap = Long.parseLong(gapThen) + ChronoUnit.DAYS.between(LocalTimes.dayOf(row.recordedAt, zone), day);
            row.state.put(ReviewColumn.GAP_DAYS, String.valueOf(gap));
            unmet = !limit.isEmpty() && gap > Long.parseLong(limit);
        }
        if (unmet && !limit.isEmpty()) {
            row.state.put(ReviewColumn.GAP_OK, "false");
        }
    }

    private Map<ReviewColumn, String> cells(String ref, Row row) {
        count(row);
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
            cells.put(
                    ReviewColumn.FIRST_NOTIFIED_AT,
                    row.told.values().stream().findFirst().orElse(""));
        }
        return cells;
    }

    /** {@code REV-9} before {@code REV-10}. */
    static int byNumber(String one, String other) {
        return one.length() == other.length() ? one.compareTo(other) : Integer.compare(one.length(), other.length());
    }
}
