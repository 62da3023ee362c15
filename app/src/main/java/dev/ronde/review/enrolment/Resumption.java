package dev.ronde.review.enrolment;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An asset that comes back under a plan: its slots count from today, and what its absence took back and nothing else accounts for is
 * expected again.
 */
record Resumption(InstantSource clock, Slots slots) {

    /**
     * Begins an enrolment anew and says what was made for it; empty, and it stays ended, where the plan has nothing left to ask.
     *
     * @param ahead whether the plan has a slot today or later
     * @param hold whether what would open at once waits for an announcement
     */
    Optional<Slots.Made> run(PlanWork work, Enrolment former, Covered asset, boolean ahead, boolean hold) {
        ReviewDao reviews = work.tx().attach(ReviewDao.class);
        PlanInForce plan = work.plan();
        LocalDate today = LocalTimes.dayOf(clock.instant(), plan.definition().zone());
        List<Review> before = reviews.listByEnrolment(former.id());
        List<ReviewDates> lost = new ArrayList<>();
        for (Review review : before) {
            if (review.dates().scheduledOn().isBefore(today) && lost(review, former, plan)) {
                ReviewDates dates = review.dates().since(Performances.previousOn(review, before, asset));
                lost.add(dates.usable(plan.definition(), clock.instant()));
            }
        }
        List<Review> requested = requested(reviews, former);
        EnrolmentDao dao = work.tx().attach(EnrolmentDao.class);
        if ((!ahead && lost.isEmpty() && requested.isEmpty()) || dao.resume(former.id(), today) == 0) {
            return Optional.empty();
        }
        Enrolment enrolment = dao.lock(former.id()).orElseThrow();
        List<Review> made = new ArrayList<>(slots.again(work, enrolment, asset, lost, hold));
        Enrolment after = enrolment.after(made.size());
        made.addAll(slots.beside(work, enrolment, asset, requested, hold));
        List<Review> all = made.isEmpty() ? before : reviews.listByEnrolment(former.id());
        // what lies ahead counts from today, whatever came back
        Slots.Made onward = slots.extend(work, after, all, asset, hold);
        int added = made.size() + onward.added();
        made.addAll(onward.rows());
        return Optional.of(new Slots.Made(made, added));
    }

    /**
     * Whether the end of the enrolment took back a row that is still owed: its window has not ended, or it was overdue already. A window
     * that began and ended in the absence is accounted for by the row that was taken back. What had not opened follows the plan, and is
     * owed only where that still has its day.
     */
    private boolean lost(Review review, Enrolment former, PlanInForce plan) {
        Instant cancelledAt = review.closing().cancelledAt();
        if (cancelledAt == null || !takenBack(review, former)) {
            return false;
        }
        ReviewDates dates = review.dates();
        Cadence cadence = former.cadence(plan);
        boolean asked = review.opening().openedAt() != null
                || cadence.find(dates.scheduledOn())
                        .filter(dates.scheduledOn()::equals)
                        .isPresent();
        return asked
                && (dates.missedFrom().isAfter(clock.instant())
                        || !dates.overdueAt().isAfter(cancelledAt));
    }

    private static boolean takenBack(Review review, Enrolment former) {
        Instant cancelledAt = review.closing().cancelledAt();
        Instant endedAt = former.endedAt();
        return cancelledAt != null
                && endedAt != null
                && !cancelledAt.isBefore(endedAt)
                && String.valueOf(former.endReason()).equals(review.closing().cancelReason());
    }

    /** Reviews requested for an outside change that nobody did; an absence does not answer them. */
    private List<Review> requested(ReviewDao reviews, Enrolment former) {
        return reviews.listByCause(former.id(), Review.SIGNIFICANT_CHANGE).stream()
                .filter(review -> takenBack(review, former))
                .toList();
    }
}
