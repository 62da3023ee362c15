package dev.ronde.evidence.population;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A review as its records so far leave it. */
final class ReviewRow {
    private static final Set<String> WAITING = Set.of("scheduled", "open", "acknowledged");

    final String ref;
    String asset = "";
    String standing = "";
    String owner = "";
    String performer = "";
    String note = "";
    /** {@code pending} until a second person has signed, where the plan asks for one, then {@code approved}. */
    String approval = "";

    String action = "";
    String causeBy = "";
    /** Whether it was due in the period, after its last record. */
    boolean belongs;

    long index;
    /** When each mail about it was taken, in that order; mails that came back are left out. */
    final Map<String, String> told = new LinkedHashMap<>();

    /** What exceptions say of the last attestation, by their kind. */
    private Map<String, String> doubts = Map.of();

    private Map<ReviewColumn, String> cells = new EnumMap<>(ReviewColumn.class);
    private String controls = "";
    private String waiver = "";
    private String missedCause = "";
    private String delay = "";
    private String missedAt = "";
    private String cancelledAt = "";
    private String cancelReason = "";
    private String zone = "";
    private String unmetSince = "";
    private String madeUpOn = "";
    private Instant recordedAt = Instant.MIN;
    private long records;

    ReviewRow(String ref) {
        this.ref = ref;
    }

    void add(Leaf leaf, boolean covered, Map<String, String> waivers) {
        records++;
        String named = leaf.asset();
        asset = named == null ? asset : named;
        controls = leaf.controls().isEmpty() ? controls : String.join("|", leaf.controls());
        switch (leaf.type()) {
            case "review.attested" -> {
                waiver = leaf.privateText("waiver");
                note = leaf.privateText("note");
                doubts = Doubts.of(leaf, waivers);
            }
            case "review.withdrawn" -> {
                waiver = "";
                note = "";
            }
            case "review.recovered" -> {
                missedCause = leaf.privateText("cause");
                action = leaf.privateText("action");
                causeBy = leaf.actorRef();
            }
            case "review.problem" -> delay = leaf.privateText("text");
            case "review.extended" -> delay = leaf.privateText("reason");
            default -> {
                // only these say something that the state after them does not
            }
        }
        Map<?, ?> after = leaf.after();
        if (!after.isEmpty()) {
            cells = state(after);
            standing = Leaf.text(after, "state");
            owner = Leaf.text(after, "owner");
            performer = Leaf.text(after, "performed_by");
            approval = Leaf.text(after, "approval");
            missedAt = instant(after, "missed_at");
            cancelledAt = instant(after, "cancelled_at");
            cancelReason = Leaf.text(after, "cancel_reason");
            zone = Leaf.text(after, "zone");
            unmetSince = Leaf.text(after, "unmet_since");
            madeUpOn = Leaf.text(after, "made_up_on");
            recordedAt = leaf.recordedAt();
            belongs = covered;
        }
        index = leaf.index();
    }

    private static Map<ReviewColumn, String> state(Map<?, ?> after) {
        Map<ReviewColumn, String> state = new EnumMap<>(ReviewColumn.class);
        for (ReviewColumn column : ReviewColumn.values()) {
            String name = column.header();
            state.put(column, name.endsWith("_at") ? instant(after, name) : Leaf.text(after, name));
        }
        state.put(ReviewColumn.CONFIG_DIGEST, Leaf.text(after, "snapshot_digest"));
        state.put(ReviewColumn.OUTCOME, ReviewColumn.outcome(Leaf.text(after, "outcome"), Leaf.text(after, "state")));
        state.put(ReviewColumn.WAIVER, Leaf.text(after, "waiver_until"));
        return state;
    }

    private static String instant(Map<?, ?> after, String name) {
        String text = Leaf.text(after, name);
        return text.isEmpty() ? text : Csv.time(Instant.parse(text));
    }

    String cell(ReviewColumn column) {
        return cells.getOrDefault(column, "");
    }

    boolean waits() {
        return WAITING.contains(standing);
    }

    boolean isOver() {
        return !standing.isEmpty() && !waits();
    }

    /** Whether it waits for a day after the period, or after the newest record. */
    boolean isUpcoming(ExportScope scope, Instant newest) {
        String day = cell(ReviewColumn.DUE_ON);
        if (!waits() || day.isEmpty()) {
            return false;
        }
        LocalDate dueOn = LocalDate.parse(day);
        return dueOn.isAfter(scope.to()) || dueOn.isAfter(LocalTimes.dayOf(newest, zone()));
    }

    private ZoneId zone() {
        return zone.isEmpty() ? ZoneOffset.UTC : ZoneId.of(zone);
    }

    private boolean isLate() {
        return !cell(ReviewColumn.DAYS_LATE).matches("0?");
    }

    /** Whether it is an exception of this kind; one that waits since before the period can only be overdue. */
    boolean is(String kind) {
        return switch (kind) {
            case "missed_review" -> belongs && standing.equals("missed");
            case "overdue_review" -> waits() && isLate();
            case "late_attestation" -> belongs && standing.equals("attested") && isLate();
            case "gap_breach" -> belongs && cell(ReviewColumn.GAP_OK).equals("false");
            case "weaker_accepted", "attested_with_unknown_results" ->
                belongs
                        && !cell(ReviewColumn.PERFORMED_AT).isEmpty()
                        && !doubts.getOrDefault(kind, "").isEmpty();
            default -> belongs && cell(ReviewColumn.CAUSE).equals("drift") && cancelReason.equals("back_to_attested");
        };
    }

    String at(String kind) {
        return switch (kind) {
            case "missed_review" -> missedAt;
            case "drift_closed_without_statement" -> cancelledAt;
            default -> cell(ReviewColumn.PERFORMED_AT);
        };
    }

    String detail(String kind) {
        String performed = cell(ReviewColumn.PERFORMED_AT);
        String detail = switch (kind) {
            case "missed_review" -> performed.isEmpty() ? "never done" : "done " + performed;
            case "gap_breach" ->
                cell(ReviewColumn.GAP_DAYS).isEmpty()
                        ? "no review before, the limit is " + cell(ReviewColumn.MAX_GAP_DAYS) + " days"
                        : cell(ReviewColumn.GAP_DAYS) + " of " + cell(ReviewColumn.MAX_GAP_DAYS) + " days";
            case "drift_closed_without_statement" -> "the configuration came back, and nobody answered";
            default -> doubts.getOrDefault(kind, cell(ReviewColumn.DAYS_LATE) + " days late");
        };
        boolean why = !whyLate().isEmpty() && !kind.equals("gap_breach") && !doubts.containsKey(kind);
        return detail + (why ? ": " + whyLate() : "");
    }

    String whyLate() {
        boolean late = isLate() || standing.equals("missed");
        return !late ? "" : missedCause.isEmpty() ? delay : missedCause;
    }

    /** Fills what depends on the newest record and on names. */
    void finish(Instant newest, UnaryOperator<String> names) {
        count(newest);
        cells.put(ReviewColumn.REF, ref);
        cells.put(ReviewColumn.ASSET_REF, asset);
        cells.put(ReviewColumn.CONTROLS, controls);
        cells.put(ReviewColumn.MISSED_CAUSE, missedCause);
        cells.put(ReviewColumn.WAIVER, ReviewColumn.waiver(waiver, cell(ReviewColumn.WAIVER)));
        cells.put(ReviewColumn.EVIDENCE_COUNT, Long.toString(records));
        for (ReviewColumn person : new ReviewColumn[] {ReviewColumn.PERFORMED_BY, ReviewColumn.APPROVER}) {
            cells.computeIfPresent(person, (column, reference) -> names.apply(reference));
        }
        if (cell(ReviewColumn.FIRST_NOTIFIED_AT).isEmpty()) {
            cells.put(
                    ReviewColumn.FIRST_NOTIFIED_AT,
                    told.values().stream().findFirst().orElse(""));
        }
    }

    /** Updates what depends on the day, from the last record to the newest one. */
    private void count(Instant newest) {
        boolean undone = standing.equals("missed")
                && madeUpOn.isEmpty()
                && cell(ReviewColumn.PERFORMED_AT).isEmpty();
        if (!(waits() || undone) || !newest.isAfter(recordedAt)) {
            return;
        }
        LocalDate day = LocalTimes.dayOf(newest, zone());
        if (waits()) {
            LocalDate dueOn = LocalDate.parse(cell(ReviewColumn.DUE_ON));
            cells.put(ReviewColumn.DAYS_LATE, String.valueOf(Due.daysLate(dueOn, day)));
        }
        String limit = cell(ReviewColumn.MAX_GAP_DAYS);
        boolean unmet =
                waits() && !unmetSince.isEmpty() && LocalDate.parse(unmetSince).isBefore(day);
        String gapThen = cell(ReviewColumn.GAP_DAYS);
        if (!gapThen.isEmpty()) {
            long gap = Long.parseLong(gapThen) + ChronoUnit.DAYS.between(LocalTimes.dayOf(recordedAt, zone()), day);
            cells.put(ReviewColumn.GAP_DAYS, String.valueOf(gap));
            unmet = !limit.isEmpty() && gap > Long.parseLong(limit);
        }
        if (unmet && !limit.isEmpty()) {
            cells.put(ReviewColumn.GAP_OK, "false");
        }
    }
}
