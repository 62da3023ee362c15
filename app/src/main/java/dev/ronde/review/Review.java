package dev.ronde.review;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of a plan for one asset: the facts about it. Everything else follows from them and the time.
 *
 * @param reviewNumber its ref is {@code REV-<number>}
 * @param planVersion the version it was opened under; before, the newest
 * @param cause {@code scheduled}, {@code drift} or {@code significant_change}
 * @param causeReason what somebody said where the cause is a significant change
 * @param held waits for an announcement, because an import enrolled the asset when its lead time had begun
 * @param unmetSince the due date of the first slot before this one, where nothing was performed before it and it has
 *     opened; null otherwise, and for the first slot
 * @param madeUpOn of a slot that was missed and not done: the day of the first performance after its window; null where there is none
 * @param ownerId who must do it, from its opening on, or from when it was missed without ever opening; null before and where the asset
 *     has no owner
 */
public record Review(
        UUID id,
        long reviewNumber,
        UUID enrolmentId,
        int slotNo,
        String planId,
        int planVersion,
        UUID assetId,
        String cause,
        @Nullable String causeReason,
        @Nested ReviewDates dates,
        @Nullable LocalDate unmetSince,
        @Nullable LocalDate madeUpOn,
        boolean held,
        @Nullable UUID ownerId,
        @Nested Opening opening,
        @Nested Handling handling,
        @Nested Attestation attestation,
        @Nested Approval approval,
        @Nested Closing closing,
        @Nested DriftWindow drift,
        long version) {

    public static final String SCHEDULED = "scheduled";

    public static final String DRIFT = "drift";

    public static final String SIGNIFICANT_CHANGE = "significant_change";

    public boolean askedToTakeOver(UUID person) {
        return person.equals(handling.delegatedTo()) && !person.equals(ownerId);
    }

    /** Whether the plan's cadence asked for it; others stand beside the slots and fill no gap between them. */
    public boolean scheduled() {
        return cause.equals(SCHEDULED);
    }

    public String ref() {
        return "REV-" + reviewNumber;
    }

    /** The state at this instant. A closed window is missed from its first instant, swept or not. */
    public ReviewState stateAt(Instant now) {
        if (closing.cancelledAt() != null) {
            return ReviewState.CANCELLED;
        }
        Instant attestedAt = attestation.attestedAt();
        if (attestedAt != null) {
            // done after its window had closed: that it was missed is not undone by it
            return closing.missedAt() != null && !attestedAt.isBefore(dates.missedFrom())
                    ? ReviewState.MISSED
                    : ReviewState.ATTESTED;
        }
        if (closing.missedAt() != null || !now.isBefore(dates.missedFrom())) {
            return ReviewState.MISSED;
        }
        if (opening.openedAt() == null) {
            return ReviewState.SCHEDULED;
        }
        return handling.acknowledgedAt() == null ? ReviewState.OPEN : ReviewState.ACKNOWLEDGED;
    }

    /** Whose it is: until it opens, whoever owns the asset, and where it never did, whoever owned it when it was missed. */
    public @Nullable UUID holder(@Nullable UUID assetOwner) {
        return opening.openedAt() == null && ownerId == null ? assetOwner : ownerId;
    }

    /** True for a missed review that nobody has done yet, had it been open or not: it can still be done, late. */
    public boolean completable() {
        return closing.missedAt() != null
                && closing.cancelledAt() == null
                && opening.made()
                && attestation.attestedAt() == null;
    }

    /** Whether a problem that was reported is a decision of the leads: nobody made it, and no attestation ended it. A window that closes does not. */
    public boolean undecided() {
        return handling.problemAt() != null && attestation.attestedAt() == null && closing.cancelledAt() == null;
    }

    /** True when nobody has done it and its due date has ended in its zone; due today is not overdue. */
    public boolean overdueAt(Instant now) {
        ReviewState state = stateAt(now);
        return state.ahead() && !now.isBefore(dates.overdueAt());
    }

    /** Days from the due date to the performance, or to today while it is not done; never negative, never clamped. */
    public long daysLate(Instant now) {
        LocalDate performedOn = attestation.performedOn();
        return switch (stateAt(now)) {
            case CANCELLED -> 0;
            case ATTESTED -> performedOn == null ? 0 : Due.daysLate(dates.dueOn(), performedOn);
            case MISSED -> Due.daysLate(dates.dueOn(), performedOn == null ? lastDay() : performedOn);
            case SCHEDULED, OPEN, ACKNOWLEDGED -> Due.daysLate(dates.dueOn(), dates.dayOf(now));
        };
    }

    /** Whether it was done in time, tolerated lateness included: not when it was missed, is not done, or was done with a waiver. */
    public boolean performedWithin(Period grace, Instant now) {
        LocalDate performedOn = attestation.performedOn();
        return performedOn != null
                && stateAt(now) == ReviewState.ATTESTED
                && attestation.waiverUntil() == null
                && Due.withinGrace(dates.dueOn(), grace, performedOn);
    }

    /**
     * Days since the previous performance: to the performance, or, where it was missed, to the next one, else to today. Empty where
     * there is no earlier performance or the review is not open yet.
     */
    public Optional<Long> gapDays(Instant now) {
        LocalDate previousOn = dates.previousOn();
        if (previousOn == null) {
            return Optional.empty();
        }
        LocalDate performedOn = attestation.performedOn();
        return switch (stateAt(now)) {
            case CANCELLED, SCHEDULED -> Optional.empty();
            case ATTESTED -> Optional.ofNullable(performedOn).map(day -> ChronoUnit.DAYS.between(previousOn, day));
            case MISSED -> Optional.of(ChronoUnit.DAYS.between(previousOn, endOfGap(now)));
            case OPEN, ACKNOWLEDGED -> Optional.of(Math.max(0, ChronoUnit.DAYS.between(previousOn, dates.dayOf(now))));
        };
    }

    /** The performance that ended the gap of a missed review, its own or the next; today while there is none. */
    private LocalDate endOfGap(Instant now) {
        LocalDate performedOn = attestation.performedOn();
        return performedOn != null ? performedOn : madeUpOn != null ? madeUpOn : dates.dayOf(now);
    }

    /**
     * Whether the maximum gap held; without a limit there is no verdict, missed or not.
     * Where nothing was performed before a slot there is nothing to count from: it is broken as soon as a slot before it was
     * due and not done, as where this one was missed itself; for the first slot nothing can be said, nor of a review that stands beside the slots.
     */
    public Optional<Boolean> gapOk(Instant now) {
        Integer limit = dates.maxGapDays();
        if (limit == null) {
            return Optional.empty();
        }
        Optional<Long> gap = gapDays(now);
        if (gap.isEmpty() && scheduled() && stateAt(now) == ReviewState.MISSED) {
            return Optional.of(false);
        }
        return unmetAt(now) ? Optional.of(false) : gap.map(days -> days <= limit);
    }

    /** Whether a slot before this one was due and nothing was ever performed: by when this one was, or by now. */
    private boolean unmetAt(Instant now) {
        ReviewState state = stateAt(now);
        if (unmetSince == null || !(state.waiting() || state == ReviewState.ATTESTED)) {
            return false;
        }
        LocalDate performedOn = attestation.performedOn();
        return unmetSince.isBefore(performedOn == null ? dates.dayOf(now) : performedOn);
    }

    public LocalDate lastDay() {
        return LocalTimes.lastDayBefore(dates.missedFrom(), dates.zone());
    }

    // What it becomes; the version stays the one that was read, and is counted up when it is stored.

    public Review acknowledged(Instant at) {
        return with(handling.acknowledged(at));
    }

    public Review problemReported(Instant at, String text) {
        return with(handling.problem(at, text));
    }

    public Review problemDecided() {
        return with(handling.problem(null, null));
    }

    public Review notMine(Instant at) {
        return with(handling.notMine(at));
    }

    public Review snoozed(LocalDate until) {
        return with(handling.snoozed(until));
    }

    public Review timeAsked(LocalDate until, Instant at) {
        return with(handling.timeAsked(until, at));
    }

    public Review timeAnswered() {
        return with(handling.timeAsked(null, null));
    }

    public Review delegated(UUID to, Instant at) {
        return with(handling.delegated(to, at));
    }

    public Review delegationEnded() {
        return with(handling.delegated(null, null));
    }

    /** Somebody has it, or nobody; what was asked of others and what the owner before said ends. */
    public Review assigned(@Nullable UUID owner, int delegations) {
        return with(planVersion, dates, held, owner, opening, handling.passedOn(delegations));
    }

    public Review extended(ReviewDates to, Instant at) {
        return with(planVersion, dates.extended(to), held, ownerId, opening, handling.extended(at));
    }

    public Review dated(ReviewDates to, int version) {
        return with(version, to, held, ownerId, opening, handling);
    }

    public Review released() {
        return with(planVersion, dates, false, ownerId, opening, handling);
    }

    /** Made of the plan as it stands now: opened, or to be done late where its window ended before that. */
    public Review opened(Opening made, @Nullable UUID owner, int version) {
        return with(version, dates, held && made.openedAt() == null, owner, made, handling);
    }

    /** Attested against this baseline; questions to others end. */
    public Review attested(Attestation said, @Nullable String baseline, @Nullable String needed) {
        Review stated = with(
                planVersion,
                dates,
                held,
                ownerId,
                opening.against(baseline),
                handling.delegated(null, null).timeAsked(null, null));
        return stated.with(said, new Approval(needed, null, null, null, null), closing, drift);
    }

    public Review approved(Approval given) {
        return with(attestation, given, closing, drift);
    }

    public Review withdrawn() {
        return with(Attestation.NONE, Approval.NONE, closing, drift);
    }

    public Review missed(Instant at) {
        return with(attestation, approval, closing.missed(at), drift);
    }

    public Review recovered(String missedCause, String action, String recovery) {
        return with(attestation, approval, closing.recovered(missedCause, action, recovery), drift);
    }

    public Review cancelled(Instant at, String reason) {
        return with(attestation, approval, closing.cancelled(at, reason), drift);
    }

    public Review drifting(DriftWindow window) {
        return with(attestation, approval, closing, window);
    }

    private Review with(Handling next) {
        return with(planVersion, dates, held, ownerId, opening, next);
    }

    private Review with(
            int version, ReviewDates to, boolean waits, @Nullable UUID owner, Opening made, Handling handled) {
        return new Review(
                id,
                reviewNumber,
                enrolmentId,
                slotNo,
                planId,
                version,
                assetId,
                cause,
                causeReason,
                to,
                unmetSince,
                madeUpOn,
                waits,
                owner,
                made,
                handled,
                attestation,
                approval,
                closing,
                drift,
                this.version);
    }

    private Review with(Attestation said, Approval given, Closing ended, DriftWindow window) {
        return new Review(
                id,
                reviewNumber,
                enrolmentId,
                slotNo,
                planId,
                planVersion,
                assetId,
                cause,
                causeReason,
                dates,
                unmetSince,
                madeUpOn,
                held,
                ownerId,
                opening,
                handling,
                said,
                given,
                ended,
                window,
                version);
    }
}
