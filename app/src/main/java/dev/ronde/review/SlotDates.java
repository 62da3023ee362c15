package dev.ronde.review;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.db.Batches;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.plan.PlanDefinition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the due dates of rows in step with what was performed before them and with what their plan asks for. */
final class SlotDates {

    private final ReviewRecords records;
    private final Slots slots;

    SlotDates(ReviewRecords records, Slots slots) {
        this.records = records;
        this.slots = slots;
    }

    /**
     * Brings the rows after this one in step: what was performed before them, and the due date of the slot that follows a
     * performance. Rows that ended, and due dates a lead has moved, stay. Where no row is left that waits, the next one is made, however
     * far ahead its slot lies: the maximum gap counts from now.
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
        boolean waits = false;
        for (Review review : all) {
            if (review.slotNo() <= changed.slotNo() || ended(review)) {
                continue;
            }
            recompute(tx, review, all, plan, asset, enrolledOn, by, channel);
            waits = true;
            if (review.opening().openedAt() == null) {
                return;
            }
        }
        if (!waits) {
            Enrolment enrolment = enrolments.lock(changed.enrolmentId()).orElseThrow();
            if (enrolment.endedAt() == null) {
                slots.extend(tx, enrolment, all, plan, asset, false, by, channel);
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
        List<Review> before = before(review, all);
        LocalDate previousOn = previousOn(before, asset);
        ReviewDates old = review.dates();
        // what has opened keeps the plan it opened with, however the plan was edited since
        PlanDefinition definition =
                review.opening().openedAt() == null ? plan.definition() : ReviewRecords.plan(tx, review);
        ReviewDates dates = review.handling().extendedAt() != null
                ? ReviewDates.ending(definition, old.scheduledOn(), old.dueOn(), previousOn, enrolledOn)
                : ReviewDates.of(definition, old.scheduledOn(), countsFrom(before, asset), previousOn, enrolledOn);
        if (dates.equals(old)) {
            return;
        }
        ReviewDao dao = tx.attach(ReviewDao.class);
        Changed.once(dao.updateDates(review.id(), review.version(), dates, review.planVersion()), review);
        if (!dates.dueOn().equals(old.dueOn())) {
            rescheduled(tx, List.of(new Moved(review, dates, asset)), plan, by, channel);
        } else if (review.opening().openedAt() != null) {
            Review after = dao.find(review.id()).orElseThrow();
            records.keep(
                    tx,
                    records.start(tx, "scheduled", after, asset, definition, by).changed(List.of("gap_days")));
        }
    }

    /**
     * A row that gets other dates.
     *
     * @param review as it was
     */
    record Moved(Review review, ReviewDates to, Covered asset) {
        /** Whether it is done or due on another day, not only counted otherwise. */
        boolean isMove() {
            return !to.dueOn().equals(review.dates().dueOn())
                    || !to.scheduledOn().equals(review.dates().scheduledOn());
        }
    }

    /** Gives rows of this plan the dates it now asks for, and records those that moved. */
    void move(Handle tx, List<Moved> moved, PlanInForce plan, Actor by, Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        for (List<Moved> some : Batches.of(moved)) {
            int[] changed = dao.updateAllDates(some.stream()
                    .map(one ->
                            new ReviewDao.Dated(one.review().id(), one.review().version(), one.to(), plan.version()))
                    .toList());
            for (int index = 0; index < changed.length; index++) {
                Changed.once(changed[index], some.get(index).review());
            }
            rescheduled(tx, some.stream().filter(Moved::isMove).toList(), plan, by, channel);
        }
    }

    /** Records that rows now have other dates, where records are kept; the rows themselves are already written. */
    private void rescheduled(Handle tx, List<Moved> moved, PlanInForce plan, Actor by, Channel channel) {
        if (!records.kept() || moved.isEmpty()) {
            return;
        }
        Map<UUID, Review> now =
                tx
                        .attach(ReviewDao.class)
                        .listByIds(moved.stream().map(one -> one.review().id()).toList())
                        .stream()
                        .collect(Collectors.toMap(Review::id, Function.identity()));
        List<ReviewRecords.Entry> entries = new ArrayList<>();
        for (Moved one : moved) {
            ReviewDates before = one.review().dates();
            Review after = Objects.requireNonNull(now.get(one.review().id()));
            List<String> changed = new ArrayList<>();
            if (!one.to().scheduledOn().equals(before.scheduledOn())) {
                changed.add("scheduled_on");
            }
            if (!one.to().dueOn().equals(before.dueOn())) {
                changed.add("due_on");
            }
            Evidence evidence = records.start(tx, "scheduled", after, one.asset(), plan.definition(), by)
                    .changed(changed);
            String detail = before.dueOn() + " → " + one.to().dueOn();
            entries.add(new ReviewRecords.Entry("rescheduled", after, evidence, detail));
        }
        records.writeAll(tx, entries, by, channel);
    }

    /** Those of the rows of an enrolment whose slots lie before this one's, in their order. */
    static List<Review> before(Review review, List<Review> all) {
        return all.stream().filter(other -> other.slotNo() < review.slotNo()).toList();
    }

    /** The newest performance in the rows before a slot; the inventory's date where there is none. */
    static @Nullable LocalDate previousOn(List<Review> before, Covered asset) {
        LocalDate newest = asset.lastReviewOn();
        for (Review review : before) {
            LocalDate performedOn = review.attestation().performedOn();
            if (performedOn != null && (newest == null || performedOn.isAfter(newest))) {
                newest = performedOn;
            }
        }
        return newest;
    }

    /** The performance of the last of the rows before a slot; null where it is open or missed, the inventory's date where there is none. */
    static @Nullable LocalDate countsFrom(List<Review> before, Covered asset) {
        Review last = null;
        for (Review review : before) {
            if (review.closing().cancelledAt() == null) {
                last = review;
            }
        }
        return last == null ? asset.lastReviewOn() : last.attestation().performedOn();
    }

    /** True for rows that no later event may move. */
    static boolean ended(Review review) {
        return review.closing().cancelledAt() != null
                || review.closing().missedAt() != null
                || review.attestation().attestedAt() != null;
    }
}
