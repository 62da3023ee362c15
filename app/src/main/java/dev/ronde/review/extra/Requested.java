package dev.ronde.review.extra;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.NewReviews;
import dev.ronde.review.enrolment.Openings;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reviews that somebody asks for because something significant changed outside: a new supplier, a migration, an incident. */
public record Requested(ReviewSteps steps, Openings openings) {

    /**
     * Opens a review with its reason.
     *
     * @param planId under which plan; null takes the one that covers the asset
     * @throws Problem 422 without a reason, or for a plan that does not cover the asset; 409 where no plan does
     */
    public Review open(
            Handle tx, Covered asset, @Nullable String planId, @Nullable String reason, Actor by, Channel channel) {
        String why =
                ReviewSteps.required("/reason", reason, "Say what changed, so that its reviewer knows where to look.");
        Optional<Enrolment> enrolment = tx.attach(EnrolmentDao.class).listActiveByAsset(asset.id()).stream()
                .filter(one -> planId == null || one.planId().equals(planId))
                .findFirst();
        if (enrolment.isEmpty() && planId != null) {
            throw Problem.invalid(
                    "/plan", "not_covered", "The plan " + planId + " does not cover " + asset.ref() + ".");
        }
        if (enrolment.isEmpty() || !asset.active()) {
            throw Problem.conflict(
                    "no_plan", asset.ref() + " is under no plan; nothing says by when and how it would be reviewed.");
        }
        PlanInForce plan = PlanInForce.of(
                tx.attach(PlanDao.class).find(enrolment.get().planId()).orElseThrow());
        return new Extras(steps, openings)
                .open(new PlanWork(tx, plan, by, channel), enrolment.get(), asset, Review.SIGNIFICANT_CHANGE, why);
    }

    /**
     * Reviews beside the cadence: they have their own due date, open at once, fill no slot and count for no gap. They stand under the
     * plan that covers the asset, so that its windows, assurance and second person hold for them as well.
     */
    record Extras(ReviewSteps steps, Openings openings) {

        Review open(PlanWork work, Enrolment enrolment, Covered asset, String cause, @Nullable String reason) {
            NewReviews.Draft draft = new NewReviews.Draft(
                    enrolment.id(),
                    asset,
                    work.tx().attach(ReviewDao.class).countByCause(enrolment.id(), cause) + 1,
                    cause,
                    reason,
                    dates(work.plan().definition(), steps.now()),
                    false);
            Review row = new NewReviews(steps.clock(), steps.records())
                    .make(work, List.of(draft))
                    .get(0);
            return openings.open(work, row, asset);
        }

        private static ReviewDates dates(PlanDefinition plan, Instant now) {
            LocalDate today = LocalTimes.dayOf(now, plan.zone());
            LocalDate dueOn = today.plus(plan.drift().due());
            return new ReviewDates(
                    today,
                    dueOn,
                    plan.zone(),
                    LocalTimes.startOf(today, plan.zone()),
                    LocalTimes.endOf(dueOn, plan.zone()),
                    Due.windowEnd(dueOn, plan.missedAfter(), plan.zone()),
                    null,
                    null);
        }
    }
}
