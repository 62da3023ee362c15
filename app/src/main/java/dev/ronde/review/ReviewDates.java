package dev.ronde.review;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a review is expected. The days are days of the zone; the instants follow from them and are kept so that one
 * comparison decides.
 *
 * @param scheduledOn the slot; never moves once the review has opened
 * @param dueOn the slot, or earlier by the maximum gap, or later by a lead's extension
 * @param opensAt from here on the sweep opens it
 * @param overdueAt the due date has ended
 * @param missedFrom the window has closed
 * @param maxGapDays the limit that held when the row was made; null without one
 * @param previousOn the newest performance before this one's; null when there is none
 */
public record ReviewDates(
        LocalDate scheduledOn,
        LocalDate dueOn,
        ZoneId zone,
        Instant opensAt,
        Instant overdueAt,
        Instant missedFrom,
        @Nullable Integer maxGapDays,
        @Nullable LocalDate previousOn) {

    /**
     * The dates of a slot.
     *
     * @param countsFrom the performance of the previous slot, which may pull the due date forward; null where that slot
     *     is open, missed or absent
     * @param previousOn the newest performance whatever slot it was for
     * @param notBefore the window never closes before it could have been used: counted from here at the earliest
     */
    public static ReviewDates of(
            PlanDefinition plan,
            LocalDate slot,
            @Nullable LocalDate countsFrom,
            @Nullable LocalDate previousOn,
            LocalDate notBefore) {
        LocalDate dueOn = Due.on(slot, countsFrom, plan.maxGapDays());
        return ending(plan, slot, dueOn, previousOn, notBefore);
    }

    public static ReviewDates ending(
            PlanDefinition plan, LocalDate slot, LocalDate dueOn, @Nullable LocalDate previousOn, LocalDate notBefore) {
        LocalDate windowFrom = dueOn.isBefore(notBefore) ? notBefore : dueOn;
        return new ReviewDates(
                slot,
                dueOn,
                plan.zone(),
                LocalTimes.startOf(dueOn.minus(plan.leadTime()), plan.zone()),
                LocalTimes.endOf(dueOn, plan.zone()),
                Due.windowEnd(windowFrom, plan.missedAfter(), plan.zone()),
                plan.maxGapDays(),
                previousOn);
    }

    public ReviewDates since(@Nullable LocalDate performance) {
        return new ReviewDates(scheduledOn, dueOn, zone, opensAt, overdueAt, missedFrom, maxGapDays, performance);
    }

    ReviewDates extended(ReviewDates to) {
        return new ReviewDates(
                scheduledOn, to.dueOn, zone, opensAt, to.overdueAt, to.missedFrom, maxGapDays, previousOn);
    }

    /** The same dates for a review that comes back: a window that ended meanwhile, when nobody could use it, counts from now. */
    public ReviewDates usable(PlanDefinition plan, Instant now) {
        if (missedFrom.isAfter(now)) {
            return this;
        }
        Instant end = Due.windowEnd(dayOf(now), plan.missedAfter(), zone);
        return new ReviewDates(scheduledOn, dueOn, zone, opensAt, overdueAt, end, maxGapDays, previousOn);
    }

    public LocalDate dayOf(Instant instant) {
        return LocalTimes.dayOf(instant, zone);
    }
}
