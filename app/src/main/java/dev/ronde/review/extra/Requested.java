package dev.ronde.review.extra;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.Openings;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
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
}
