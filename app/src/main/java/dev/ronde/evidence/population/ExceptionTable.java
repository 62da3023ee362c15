package dev.ronde.evidence.population;

import dev.ronde.platform.table.Table;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What somebody should look at: reviews that were missed, late, overdue or beyond their limit, drift that nobody answered, approvals by the
 * hand that asked for them, runs that did not happen, and what was attested as it is or unknown. Runs are folded by check and reason.
 */
final class ExceptionTable implements PopulationTable {
    private static final List<String> REVIEWS = List.of(
            "missed_review", "overdue_review", "late_attestation", "gap_breach", "drift_closed_without_statement");
    private static final List<String> ATTESTED = List.of("weaker_accepted", "attested_with_unknown_results");

    private final ExportScope scope;
    private final ReviewTable reviews;
    private final UnaryOperator<String> names;
    private final Csv<Row> csv;
    private final Map<String, String> makers = new HashMap<>();
    private final List<Row> approvals = new ArrayList<>();
    private final Map<String, Runs> runs = new TreeMap<>();

    private record Row(String kind, String subject, Object due, Object at, String owner, String detail, long index) {}

    /** Runs of one check that did not happen, or could not tell, for one reason. */
    private static final class Runs {
        private final String kind;
        private final Leaf first;
        private Instant from = Instant.MAX;
        private Instant until = Instant.MIN;
        private Instant last = Instant.MIN;
        private long count;

        Runs(String kind, Leaf first) {
            this.kind = kind;
            this.first = first;
        }

        Row row() {
            String reason = first.field("reason");
            String detail = count + " runs, the last due " + Csv.time(until) + (reason.isEmpty() ? "" : ": " + reason);
            return new Row(kind, first.check(), from, last, "", detail, first.index());
        }
    }

    /** @param reviews which finishes before this */
    ExceptionTable(ExportScope scope, Writer out, ReviewTable reviews, UnaryOperator<String> names) throws IOException {
        this.scope = scope;
        this.reviews = reviews;
        this.names = names;
        this.csv = new Csv<>(
                out,
                Table.<Row>empty()
                        .with("kind", Row::kind)
                        .with("subject", Row::subject)
                        .with("due", Row::due)
                        .with("at", Row::at)
                        .with("owner", Row::owner)
                        .with("detail", Row::detail)
                        .with("index", Row::index));
    }

    @Override
    public void add(Leaf leaf) {
        switch (leaf.type()) {
            case "token.created" -> makers.put(leaf.subjectId(), leaf.actorRef());
            case "review.approved" -> approved(leaf, leaf.field("attested_by"), leaf.actorRef());
            case "waiver.approved" ->
                approved(leaf, Leaf.text(leaf.after(), "requested_by"), Leaf.text(leaf.after(), "approved_by"));
            case Leaf.MISSED, "check.result" -> {
                boolean told =
                        leaf.type().equals(Leaf.MISSED) || leaf.field("outcome").equals("unknown");
                if (told && scope.covers(leaf)) {
                    fold(leaf);
                }
            }
            default -> {
                // what else is told of reviews stands in their rows
            }
        }
    }

    private void approved(Leaf leaf, String asked, String approver) {
        if (asked.isEmpty() || !hand(asked).equals(hand(approver)) || !scope.covers(leaf)) {
            return;
        }
        String detail = "asked for by " + names.apply(asked) + ", approved by " + names.apply(approver) + ", one hand: "
                + names.apply(hand(asked));
        String owner = Leaf.text(leaf.after(), "owner");
        approvals.add(new Row(
                "approval_by_one_hand",
                leaf.subjectId(),
                Leaf.text(leaf.after(), "due_on"),
                leaf.occurredAt(),
                names.apply(owner),
                detail,
                leaf.index()));
    }

    /** Who made a token, or the token that made it; anybody at the shell of the server is one hand. */
    private String hand(String ref) {
        String hand = ref;
        for (int step = 0; step < 9 && makers.containsKey(hand); step++) {
            hand = makers.getOrDefault(hand, hand);
        }
        return hand.startsWith("command:") ? "command" : hand;
    }

    private void fold(Leaf leaf) {
        String kind = leaf.type().equals(Leaf.MISSED) ? "missed_runs" : "unknown_runs";
        String sameAs = kind + "\n" + leaf.check() + "\n" + leaf.field("reason");
        Runs same = runs.computeIfAbsent(sameAs, key -> new Runs(kind, leaf));
        Instant due = leaf.dueAt().orElseGet(leaf::occurredAt);
        same.from = due.isBefore(same.from) ? due : same.from;
        same.until = due.isAfter(same.until) ? due : same.until;
        same.last = leaf.occurredAt().isAfter(same.last) ? leaf.occurredAt() : same.last;
        same.count++;
    }

    @Override
    public void finish() throws IOException {
        reviews(REVIEWS);
        for (Row row : approvals) {
            csv.row(row);
        }
        for (Runs same : runs.values()) {
            csv.row(same.row());
        }
        reviews(ATTESTED);
    }

    private void reviews(List<String> kinds) throws IOException {
        for (String kind : kinds) {
            for (ReviewRow row : reviews.due()) {
                if (row.is(kind)) {
                    csv.row(new Row(
                            kind,
                            row.ref,
                            row.cell(ReviewColumn.DUE_ON),
                            row.at(kind),
                            names.apply(row.owner),
                            row.detail(kind),
                            row.index));
                }
            }
        }
    }
}
