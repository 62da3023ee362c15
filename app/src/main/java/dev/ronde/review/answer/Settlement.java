package dev.ronde.review.answer;

import dev.ronde.evidence.Evidence;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.SlotDates;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Stores what closes a review or opens it again: the gap it counts, its record, and the dates of the slots that follow from it. */
record Settlement(ReviewSteps steps, SlotDates dates) {

    Review change(
            Handle tx, Review next, String event, Visitor who, @Nullable String detail, UnaryOperator<Evidence> fill) {
        Covered asset = steps.estate().find(tx, next.assetId()).orElseThrow();
        Review after = dates.counted(tx, tx.attach(ReviewDao.class).update(next, steps.now()), asset);
        Evidence evidence = fill.apply(steps.records().start(tx, event, after, asset, who.actor()));
        ReviewRecords.Entry entry = new ReviewRecords.Entry(event, after, evidence, detail);
        steps.records().write(tx, entry, who.actor(), who.channel());
        dates.follow(newest(tx, after, who), after, asset);
        return after;
    }

    static PlanWork newest(Handle tx, Review review, Visitor who) {
        Plan plan = tx.attach(PlanDao.class).find(review.planId()).orElseThrow();
        return new PlanWork(tx, PlanInForce.of(plan), who.actor(), who.channel());
    }
}
