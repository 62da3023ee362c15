package dev.ronde.review.enrolment;

import dev.ronde.evidence.Evidence;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the due dates of rows in step with what was performed before them and with what their plan asks for. */
public record SlotDates(InstantSource clock, ReviewRecords records, Slots slots, Estate estate) {
    /**
     * Brings the rows of an enrolment in step with one that changed: which performance each of them counts its gap from, and the due
     * date of the slot that follows a performance. Due dates of rows that ended, and those a lead has moved, stay. Where no row is left
     * that waits, the next one is made, however far ahead its slot lies: the maximum gap counts from now.
     */
    public void follow(PlanWork work, Review changed, Covered asset) {
        if (!changed.scheduled()) {
            return;
        }
        Handle tx = work.tx();
        ReviewDao dao = tx.attach(ReviewDao.class);
        EnrolmentDao enrolments = tx.attach(EnrolmentDao.class);
        LocalDate enrolledOn =
                enrolments.find(changed.enrolmentId()).orElseThrow().enrolledOn();
        List<Review> all = dao.listByEnrolment(changed.enrolmentId());
        for (Review review : all) {
            if (review.slotNo() <= changed.slotNo() || Performances.ended(review)) {
                recount(work, review, all, changed, asset);
            }
        }
        boolean waits = false;
        for (Review review : all) {
            if (review.slotNo() <= changed.slotNo() || Performances.ended(review)) {
                continue;
            }
            recompute(work, review, all, asset, enrolledOn);
            waits = true;
            if (review.opening().openedAt() == null) {
                return;
            }
        }
        if (!waits) {
            Enrolment enrolment = enrolments.lock(changed.enrolmentId()).orElseThrow();
            if (enrolment.endedAt() == null) {
                slots.extend(work, enrolment, all, asset, false);
            }
        }
    }

    /** Counts the gap of a settled row from another performance; records it if the row shows it. */
    private void recount(PlanWork work, Review review, List<Review> all, Review changed, Covered asset) {
        if (review.closing().cancelledAt() != null) {
            return;
        }
        Review after = counted(work.tx().attach(ReviewDao.class), review, all, asThen(work.tx(), review, asset));
        boolean shows = after.opening().openedAt() != null || after.closing().missedAt() != null;
        if (shows && (!after.equals(review) || gapEnds(review, changed))) {
            recounted(work, after, asset);
        }
    }

    /** True if this performance ends the gap of a missed row, or if taking one back lets the gap go on. */
    private static boolean gapEnds(Review missed, Review changed) {
        LocalDate performedOn = changed.attestation().performedOn();
        return missed.closing().missedAt() != null
                && missed.attestation().attestedAt() == null
                && !missed.id().equals(changed.id())
                && changed.closing().missedAt() == null
                && (performedOn == null || performedOn.equals(missed.madeUpOn()));
    }

    /** Uses the inventory's value from when the row was settled; later entries rewrite nothing. */
    private Covered asThen(Handle tx, Review review, Covered asset) {
        Instant done = review.attestation().recordedAt();
        Instant settled = done == null ? review.closing().missedAt() : done;
        return settled == null
                ? asset
                : asset.lastReviewed(
                        estate.lastReviewOnAt(tx, asset.id(), settled).orElse(null));
    }

    private void recounted(PlanWork work, Review after, Covered asset) {
        Evidence evidence = records.start(work.tx(), "scheduled", after, asset, work.by());
        records.keep(work.tx(), evidence.changed(List.of("gap_days")));
    }

    /** The row as it stands once it counts its gap from the newest performance before it; records nothing. */
    public Review counted(Handle tx, Review review, Covered asset) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        return review.scheduled() ? counted(dao, review, dao.listByEnrolment(review.enrolmentId()), asset) : review;
    }

    Review counted(ReviewDao dao, Review review, List<Review> all, Covered asset) {
        ReviewDates dates = review.dates().since(Performances.previousOn(review, all, asset));
        if (dates.equals(review.dates())) {
            return review;
        }
        return dao.update(review.dated(dates, review.planVersion()), clock.instant());
    }

    private void recompute(PlanWork work, Review review, List<Review> all, Covered asset, LocalDate enrolledOn) {
        List<Review> before = Performances.before(review, all);
        LocalDate previousOn = Performances.previousOn(review, all, asset);
        ReviewDates old = review.dates();
        // what has opened keeps the plan it opened with, however the plan was edited since
        PlanDefinition definition =
                review.opening().openedAt() == null ? work.plan().definition() : ReviewRecords.plan(work.tx(), review);
        ReviewDates dates = review.handling().extendedAt() != null
                ? ReviewDates.ending(definition, old.scheduledOn(), old.dueOn(), previousOn, enrolledOn)
                : ReviewDates.of(
                        definition, old.scheduledOn(), Performances.countsFrom(before, asset), previousOn, enrolledOn);
        if (dates.equals(old)) {
            return;
        }
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        Review after = dao.update(review.dated(dates, review.planVersion()), clock.instant());
        if (!dates.dueOn().equals(old.dueOn())) {
            rescheduled(work, List.of(new Moved(review, dates, asset)));
        } else if (review.opening().openedAt() != null
                || !dates.since(old.previousOn()).equals(old)) {
            recounted(work, after, asset);
        }
    }

    record Moved(Review review, ReviewDates to, Covered asset) {
        /** True if it is done or due on another day, rather than only counted differently. */
        boolean isMove() {
            return !to.dueOn().equals(review.dates().dueOn())
                    || !to.scheduledOn().equals(review.dates().scheduledOn());
        }

        /** The fields of its record that are others now. */
        private List<String> changed(Review after) {
            Map<String, @Nullable Object> from = fields(review.dates());
            List<String> changed = new ArrayList<>();
            fields(to).forEach((name, value) -> {
                if (!Objects.equals(value, from.get(name))) {
                    changed.add(name);
                }
            });
            if (review.planVersion() != after.planVersion()) {
                changed.add("plan_version");
            }
            return changed;
        }

        private static Map<String, @Nullable Object> fields(ReviewDates dates) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("scheduled_on", dates.scheduledOn());
            fields.put("due_on", dates.dueOn());
            fields.put("zone", dates.zone());
            fields.put("opens_at", dates.opensAt());
            fields.put("overdue_at", dates.overdueAt());
            fields.put("missed_from", dates.missedFrom());
            fields.put("max_gap_days", dates.maxGapDays());
            fields.put("gap_days", dates.previousOn());
            return fields;
        }
    }

    /** Gives the rows new dates and limit; records every change for the export, but only moves in the history. */
    void move(PlanWork work, List<Moved> moved) {
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        for (List<Moved> some : Batches.of(moved)) {
            dao.updateAll(
                    some.stream()
                            .map(one -> one.review().dated(one.to(), work.plan().version()))
                            .toList(),
                    clock.instant());
            rescheduled(work, some);
        }
    }

    /** Records the changes of work that stays; the rows themselves are already written. */
    private void rescheduled(PlanWork work, List<Moved> moved) {
        if (!work.kept() || moved.isEmpty()) {
            return;
        }
        Map<UUID, Review> now = work.tx()
                .attach(ReviewDao.class)
                .byIds(moved.stream().map(one -> one.review().id()).toList());
        List<ReviewRecords.Entry> entries = new ArrayList<>();
        List<Evidence> others = new ArrayList<>();
        for (Moved one : moved) {
            ReviewDates before = one.review().dates();
            Review after = Objects.requireNonNull(now.get(one.review().id()));
            List<String> changed = one.changed(after);
            if (changed.isEmpty()) {
                continue;
            }
            Evidence evidence =
                    records.start(work, "scheduled", after, one.asset()).changed(changed);
            if (!one.isMove()) {
                others.add(evidence);
                continue;
            }
            String detail = before.dueOn() + " → " + one.to().dueOn();
            entries.add(new ReviewRecords.Entry("rescheduled", after, evidence, detail));
        }
        records.writeAll(work, entries);
        records.keepAll(work.tx(), others);
    }
}
