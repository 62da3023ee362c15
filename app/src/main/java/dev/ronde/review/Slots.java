package dev.ronde.review;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one row for every expected slot, at least thirteen months ahead, and the due dates of rows in step with what was
 * performed before them.
 */
final class Slots {

    /** How far ahead rows exist; the first slot after it has its row too, so that a plan never has no future slot. */
    static final Period HORIZON = Period.ofMonths(13);

    private final InstantSource clock;
    private final ReviewRecords records;

    Slots(InstantSource clock, ReviewRecords records) {
        this.clock = clock;
        this.records = records;
    }

    /** Adds the rows that are missing up to the horizon; the enrolment must be locked or new. */
    List<Review> extend(
            Handle tx, Enrolment enrolment, PlanInForce plan, Covered asset, boolean hold, Actor by, Channel channel) {
        Instant now = clock.instant();
        LocalDate today = LocalTimes.dayOf(now, plan.definition().zone());
        LocalDate horizon = today.plus(HORIZON);
        Cadence cadence = enrolment.cadence(plan);
        LocalDate last = enrolment.lastSlotOn();
        List<LocalDate> missing = new ArrayList<>();
        Optional<LocalDate> slot = complete(tx, enrolment, cadence)
                ? Optional.empty()
                : cadence.find(last == null ? firstFree(tx, enrolment) : last.plusDays(1));
        while (slot.isPresent() && (last == null || !last.isAfter(horizon))) {
            last = slot.get();
            missing.add(last);
            slot = cadence.find(last.plusDays(1));
        }
        if (missing.isEmpty() || last == null) {
            return List.of();
        }
        List<Review> created = rows(tx, enrolment, plan, asset, missing, holdBefore(plan, hold, now));
        tx.attach(EnrolmentDao.class).updateSlots(enrolment.id(), enrolment.slots() + missing.size(), last);
        List<ReviewRecords.Entry> entries = new ArrayList<>();
        for (Review review : created) {
            Evidence evidence = records.start(tx, "scheduled", review, asset, plan.definition(), by);
            entries.add(new ReviewRecords.Entry(
                    "scheduled", review, evidence, review.dates().dueOn().toString()));
        }
        records.writeAll(tx, entries, by, channel);
        return created;
    }

    /** A single date nobody has announced waits whenever it opens; what an import enrolled waits where it would open at once. */
    private static @Nullable Instant holdBefore(PlanInForce plan, boolean imported, Instant now) {
        return plan.unannounced() ? Instant.MAX : imported ? now : null;
    }

    /** Whether a plan that ends has asked this asset for all it ever will; rows that were taken back do not count. */
    private static boolean complete(Handle tx, Enrolment enrolment, Cadence cadence) {
        if (enrolment.slots() == 0 || cadence.slots() == Long.MAX_VALUE) {
            return false;
        }
        return tx.attach(ReviewDao.class).listByEnrolment(enrolment.id()).stream()
                        .filter(review -> review.closing().cancelledAt() == null)
                        .count()
                >= cadence.slots();
    }

    /** The day from which an enrolment may have slots: not before it began, and after everything that has opened. */
    private static LocalDate firstFree(Handle tx, Enrolment enrolment) {
        return enrolment.slots() == 0
                ? enrolment.enrolledOn()
                : firstFree(enrolment.enrolledOn(), tx.attach(ReviewDao.class).listByEnrolment(enrolment.id()));
    }

    /** The first day on or after the given one that lies after every slot that has opened or was missed. */
    static LocalDate firstFree(LocalDate notBefore, List<Review> all) {
        LocalDate first = notBefore;
        for (Review review : all) {
            boolean used =
                    review.opening().openedAt() != null || review.closing().missedAt() != null;
            LocalDate after = review.dates().scheduledOn().plusDays(1);
            if (used && review.closing().cancelledAt() == null && after.isAfter(first)) {
                first = after;
            }
        }
        return first;
    }

    private List<Review> rows(
            Handle tx,
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            List<LocalDate> slots,
            @Nullable Instant holdBefore) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        dao.takeNumbers(slots.size());
        long number = dao.nextNumber() - slots.size();
        int slotNo = enrolment.slots();
        List<Review> rows = new ArrayList<>();
        for (LocalDate slot : slots) {
            LocalDate previous = slotNo == 0 ? asset.lastReviewOn() : null;
            ReviewDates dates = ReviewDates.of(plan.definition(), slot, previous, previous, enrolment.enrolledOn());
            rows.add(new Review(
                    Ids.next(clock),
                    number++,
                    enrolment.id(),
                    ++slotNo,
                    plan.id(),
                    plan.version(),
                    asset.id(),
                    Review.SCHEDULED,
                    null,
                    dates,
                    holdBefore != null && !dates.opensAt().isAfter(holdBefore),
                    null,
                    Opening.NONE,
                    Handling.NONE,
                    Attestation.NONE,
                    Approval.NONE,
                    Closing.NONE,
                    1));
        }
        dao.insert(rows);
        return rows;
    }

    /**
     * Brings the rows after this one in step: what was performed before them, and the due date of the slot that follows a
     * performance. Rows that ended, and due dates a lead has moved, stay.
     */
    void follow(Handle tx, Review changed, PlanInForce plan, Covered asset, Actor by, Channel channel) {
        if (!changed.scheduled()) {
            return;
        }
        ReviewDao dao = tx.attach(ReviewDao.class);
        EnrolmentDao enrolments = tx.attach(EnrolmentDao.class);
        LocalDate enrolledOn =
                enrolments.find(changed.enrolmentId()).orElseThrow().enrolledOn();
        List<Review> all = dao.listByEnrolment(changed.enrolmentId());
        for (Review review : all) {
            if (review.slotNo() <= changed.slotNo() || ended(review)) {
                continue;
            }
            recompute(tx, review, all, plan, asset, enrolledOn, by, channel);
            if (review.opening().openedAt() == null) {
                return;
            }
        }
    }

    private void recompute(
            Handle tx,
            Review review,
            List<Review> all,
            PlanInForce plan,
            Covered asset,
            LocalDate enrolledOn,
            Actor by,
            Channel channel) {
        LocalDate previousOn = previousOn(review, all, asset);
        ReviewDates old = review.dates();
        // what has opened keeps the plan it opened with, however the plan was edited since
        PlanDefinition definition =
                review.opening().openedAt() == null ? plan.definition() : ReviewRecords.plan(tx, review);
        ReviewDates dates = review.handling().extendedAt() != null
                ? ReviewDates.ending(definition, old.scheduledOn(), old.dueOn(), previousOn, enrolledOn)
                : ReviewDates.of(definition, old.scheduledOn(), countsFrom(review, all, asset), previousOn, enrolledOn);
        if (dates.equals(old)) {
            return;
        }
        ReviewDao dao = tx.attach(ReviewDao.class);
        Changed.once(dao.updateDates(review.id(), review.version(), dates, review.planVersion()), review);
        if (!dates.dueOn().equals(old.dueOn())) {
            rescheduled(tx, review, dates, asset, plan, by, channel);
        }
    }

    /** Records that an unopened or open row now has other dates; the row itself is already written. */
    void rescheduled(
            Handle tx, Review before, ReviewDates dates, Covered asset, PlanInForce plan, Actor by, Channel channel) {
        Review after = tx.attach(ReviewDao.class).find(before.id()).orElseThrow();
        List<String> changed = new ArrayList<>();
        if (!dates.scheduledOn().equals(before.dates().scheduledOn())) {
            changed.add("scheduled_on");
        }
        if (!dates.dueOn().equals(before.dates().dueOn())) {
            changed.add("due_on");
        }
        Evidence evidence = records.start(tx, "scheduled", after, asset, plan.definition(), by)
                .changed(changed);
        String detail = before.dates().dueOn() + " → " + dates.dueOn();
        records.write(tx, new ReviewRecords.Entry("rescheduled", after, evidence, detail), by, channel);
    }

    /** The newest performance before this slot; the inventory's date where there is none. */
    static @Nullable LocalDate previousOn(Review review, List<Review> all, Covered asset) {
        LocalDate newest = asset.lastReviewOn();
        for (Review other : all) {
            LocalDate performedOn = other.attestation().performedOn();
            if (other.slotNo() < review.slotNo()
                    && performedOn != null
                    && (newest == null || performedOn.isAfter(newest))) {
                newest = performedOn;
            }
        }
        return newest;
    }

    /** The performance of the slot just before; null where it is open, missed or absent. */
    static @Nullable LocalDate countsFrom(Review review, List<Review> all, Covered asset) {
        Review before = null;
        for (Review other : all) {
            if (other.slotNo() < review.slotNo() && other.closing().cancelledAt() == null) {
                before = other;
            }
        }
        return before == null ? asset.lastReviewOn() : before.attestation().performedOn();
    }

    /** True for rows that no later event may move. */
    static boolean ended(Review review) {
        return review.closing().cancelledAt() != null
                || review.closing().missedAt() != null
                || review.attestation().attestedAt() != null;
    }

    UUID newId() {
        return Ids.next(clock);
    }
}
