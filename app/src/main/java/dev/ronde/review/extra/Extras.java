package dev.ronde.review.extra;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.NewReviews;
import dev.ronde.review.enrolment.Openings;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanDefinition;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
