package dev.ronde.review.room;

import dev.ronde.platform.json.Json;
import dev.ronde.review.Approval;
import dev.ronde.review.Attestation;
import dev.ronde.review.DriftWindow;
import dev.ronde.review.Handling;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewEvent;
import dev.ronde.review.ReviewRow;
import dev.ronde.review.ReviewState;
import dev.ronde.review.Undecided;
import dev.ronde.review.answer.ReviewStored;
import dev.ronde.review.answer.Situation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A review as the API shows it, names as in {@code contract.md}. */
final class ReviewJson {

    private ReviewJson() {}

    record Drifted(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String digest) {}

    record Waiver(@Nullable String reason, @Nullable LocalDate until) {}

    record Problem(@Nullable Instant at, String text) {}

    record MoreTime(@Nullable LocalDate until, @Nullable Instant askedAt) {}

    record Approved(
            @Nullable String state,
            @Nullable String approver,
            @Nullable String actorRef,
            @Nullable Instant approvedAt,
            @Nullable String note) {}

    static Map<String, @Nullable Object> of(
            ReviewRow row,
            @Nullable Situation situation,
            List<Undecided> undecided,
            @Nullable ReviewEvent recovered,
            Instant now) {
        Review review = row.review();
        Attestation said = review.attestation();
        boolean attested = said.attestedAt() != null;
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("ref", review.ref());
        json.put("asset", row.assetRef());
        json.put("asset_name", row.assetName());
        json.put("plan", review.planId());
        json.put("plan_version", review.planVersion());
        json.put("cause", review.cause());
        json.put("reason", review.causeReason());
        json.put("state", review.stateAt(now).word());
        json.put("overdue", review.overdueAt(now));
        json.put("held", review.held());
        json.put("scheduled_on", review.dates().scheduledOn());
        json.put("due_on", review.dates().dueOn());
        json.put("zone", review.dates().zone().getId());
        json.put("owner", row.ownerEmail());
        json.put("title", review.opening().title());
        json.put("instructions", review.opening().instructions());
        json.put("checklist", stored(review.opening().checklist()));
        json.put("snapshot_digest", attested || situation == null ? said.snapshotDigest() : situation.digest());
        json.put(
                "baseline_digest",
                attested || situation == null ? review.opening().baselineDigest() : situation.baseline());
        json.put("changes", attested || situation == null ? stored(said.changes()) : situation.changes());
        json.put(
                "drift",
                drift(
                        situation == null
                                ? ReviewStored.over(review) ? review.drift() : DriftWindow.NONE
                                : situation.drifted(review)));
        json.put("checks", attested || situation == null ? stored(said.checks()) : situation.checks());
        json.put("seen", attested || situation == null ? null : situation.seen());
        json.put("days_late", review.daysLate(now));
        json.put("gap_days", review.gapDays(now).orElse(null));
        json.put("max_gap_days", review.dates().maxGapDays());
        json.put("gap_ok", review.gapOk(now).orElse(null));
        json.put("attestation", attested ? attestation(review) : null);
        json.put("approval", approval(review.approval()));
        json.put("opened_at", review.opening().openedAt());
        json.put("acknowledged_at", review.handling().acknowledgedAt());
        json.put("problem", problem(review.handling(), undecided));
        json.put("not_mine_at", review.handling().notMineAt());
        json.put("delegated_to", row.delegateEmail());
        json.put("snoozed_until", review.handling().snoozedUntil());
        json.put("more_time", moreTime(review.handling()));
        json.put("extended_at", review.handling().extendedAt());
        json.put("missed", missed(review, recovered, now));
        json.put("cancelled_at", review.closing().cancelledAt());
        json.put("cancel_reason", review.closing().cancelReason());
        json.put("version", review.version());
        return json;
    }

    private static @Nullable Drifted drift(DriftWindow window) {
        return window.over() ? new Drifted(window.driftFrom(), window.driftTo(), window.driftDigest()) : null;
    }

    private static Object stored(@Nullable String text) {
        return text == null ? List.of() : Json.tree(text);
    }

    private static Map<String, @Nullable Object> attestation(Review review) {
        Attestation said = review.attestation();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("outcome", said.outcome());
        json.put("note", said.note());
        json.put("performed_at", said.attestedAt());
        json.put("recorded_at", said.recordedAt());
        json.put("performed_by", said.performedByName() == null ? said.performedBy() : said.performedByName());
        json.put("actor_ref", said.performedBy());
        json.put("channel", said.channel());
        json.put("assurance", said.assurance());
        json.put("snapshot_digest", said.snapshotDigest());
        json.put("failing", ReviewStored.failing(review));
        String answers = said.answers();
        json.put("answers", answers == null ? Map.of() : Json.tree(answers));
        json.put("waiver", waiver(said));
        return json;
    }

    private static @Nullable Approved approval(Approval approval) {
        return approval.approval() == null
                ? null
                : new Approved(
                        approval.approval(),
                        approval.approverName() == null ? approval.approver() : approval.approverName(),
                        approval.approver(),
                        approval.approvedAt(),
                        approval.approvalNote());
    }

    private static @Nullable Waiver waiver(Attestation said) {
        return said.waiverReason() == null ? null : new Waiver(said.waiverReason(), said.waiverUntil());
    }

    private static @Nullable Problem problem(Handling handling, List<Undecided> undecided) {
        return handling.problemAt() == null ? null : new Problem(handling.problemAt(), Undecided.text(undecided));
    }

    private static @Nullable MoreTime moreTime(Handling handling) {
        return handling.timeAskedAt() == null ? null : new MoreTime(handling.timeAskedUntil(), handling.timeAskedAt());
    }

    private static @Nullable Map<String, @Nullable Object> missed(
            Review review, @Nullable ReviewEvent recovered, Instant now) {
        if (review.stateAt(now) != ReviewState.MISSED) {
            return null;
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("at", review.dates().missedFrom());
        json.put("cause", review.closing().missedCause());
        json.put("action", review.closing().missedAction());
        json.put("recovery", review.closing().recovery());
        if (recovered != null) {
            json.put("by", recovered.actorName() == null ? recovered.actorRef() : recovered.actorName());
            json.put("actor_ref", recovered.actorRef());
            json.put("recorded_at", recovered.happenedAt());
        }
        return json;
    }
}
