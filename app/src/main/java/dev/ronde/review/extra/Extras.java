package dev.ronde.review.extra;

import dev.ronde.cadence.Due;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewDates;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.NewReviews;
import dev.ronde.review.enrolment.Openings;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reviews beside the cadence: they have their own due date, open at once, fill no slot and count for no gap. They stand under the
 * plan that covers the asset, so that its windows, assurance and second person hold for them as well.
 */
record Extras(ReviewSteps steps, Openings openings) {

    Review open(
            Handle tx,
            Enrolment enrolment,
            PlanInForce plan,
            Covered asset,
            String cause,
            @Nullable String reason,
            Actor by,
            Channel channel) {
        NewReviews.Draft draft = new NewReviews.Draft(
                enrolment.id(),
                asset,
                tx.attach(ReviewDao.class).countByCause(enrolment.id(), cause) + 1,
                cause,
                reason,
                dates(plan.definition(), steps.now()),
                false);
        Review row = new NewReviews(steps.clock(), steps.records())
                .make(tx, plan, List.of(draft), by, channel)
                .get(0);
        return openings.open(tx, row, plan, asset, by, channel);
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
