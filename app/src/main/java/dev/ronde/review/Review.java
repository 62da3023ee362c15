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

    /** The cause of a review that a plan's cadence asked for. */
    public static final String SCHEDULED = "scheduled";

    /** The cause of a review because the configuration is no longer the attested one. */
    public static final String DRIFT = "drift";

    /** The cause of a review that somebody asked for because of a change outside. */
    public static final String SIGNIFICANT_CHANGE = "significant_change";

    /** Whether this person was asked to take it over, and has not. */
    public boolean askedToTakeOver(UUID person) {
        return person.equals(handling.delegatedTo()) && !person.equals(ownerId);
    }

    /** Whether the plan's cadence asked for it; others stand beside the slots and fill no gap between them. */
    public boolean scheduled() {
        return cause.equals(SCHEDULED);
    }

    /** The ref people use, for example {@code REV-1042}. */
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

    /** The last day on which an answer is not missed, in the zone of the review. */
    public LocalDate lastDay() {
        return LocalTimes.lastDayBefore(dates.missedFrom(), dates.zone());
    }
}
