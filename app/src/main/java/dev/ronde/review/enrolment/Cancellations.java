package dev.ronde.review.enrolment;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Changed;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanInForce;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/** Takes back reviews that nobody expects any more; the row and its reason stay. */
record Cancellations(InstantSource clock, ReviewRecords records) {

    void cancel(Handle tx, Review review, Covered asset, PlanInForce plan, String reason, Actor by, Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        Changed.once(dao.cancel(review.id(), review.version(), clock.instant(), reason), review);
        Review after = dao.find(review.id()).orElseThrow();
        Evidence evidence = records.start(tx, "cancelled", after, asset, plan.definition(), by)
                .data("reason", reason);
        records.write(tx, new ReviewRecords.Entry("cancelled", after, evidence, reason), by, channel);
    }
}
