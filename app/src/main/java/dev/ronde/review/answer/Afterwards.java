package dev.ronde.review.answer;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import dev.ronde.review.Changed;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.Undecided;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.extra.Requested;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A problem that comes up after a review was attested, for the lead to decide. Within its window the review opens again. Once that is over the
 * attestation stands, or what was done in time would be missed: the problem is one of the review that waits under the same plan, or of one that
 * opens for it.
 */
final class Afterwards {
    private final ReviewSteps steps;
    private final ReviewParts parts;
    private final Requested requested;

    Afterwards(ReviewSteps steps, ReviewParts parts, Requested requested) {
        this.steps = steps;
        this.parts = parts;
        this.requested = requested;
    }

    /**
     * Reports it.
     *
     * @return the review that waits with the problem; where the same words stand already, as it is
     * @throws Problem 409 or 422 where the window is over and no plan covers the asset any more
     */
    Review problem(Handle tx, Review attested, @Nullable String text, Actor by, Channel channel) {
        String said = ReviewSteps.required("/text", text, "Say in a few words what is wrong.");
        return steps.now().isBefore(attested.dates().missedFrom())
                ? reopen(tx, attested, said, by, channel)
                : anew(tx, attested, said, by, channel);
    }

    private Review reopen(Handle tx, Review review, String said, Actor by, Channel channel) {
        Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
        ReviewDao dao = tx.attach(ReviewDao.class);
        Changed.once(dao.withdraw(review.id(), review.version(), steps.now()), review);
        Review opened = parts.dates().counted(tx, dao.find(review.id()).orElseThrow(), asset);
        Changed.once(dao.reportProblem(opened.id(), opened.version(), steps.now(), said), opened);
        Review after = dao.find(review.id()).orElseThrow();
        Evidence evidence = parts.records()
                .start(tx, "problem", after, asset, by)
                .data("channel", channel.word())
                .data("reopened", true)
                .data("attested_at", review.attestation().attestedAt())
                .data("attested_by", review.attestation().performedBy())
                .priv("text", said);
        parts.records().write(tx, new ReviewRecords.Entry("problem", after, evidence, said), by, channel);
        PlanInForce plan =
                PlanInForce.of(tx.attach(PlanDao.class).find(after.planId()).orElseThrow());
        parts.dates().follow(tx, after, plan, asset, by, channel);
        return after;
    }

    private Review anew(Handle tx, Review attested, String said, Actor by, Channel channel) {
        String named = Cut.to(attested.ref() + ": " + said, ReviewSteps.TEXT_LIMIT);
        ReviewDao dao = tx.attach(ReviewDao.class);
        Review review = dao.listUnfinishedByAsset(attested.assetId()).stream()
                .filter(one -> one.enrolmentId().equals(attested.enrolmentId())
                        && one.stateAt(steps.now()).waiting())
                .findFirst()
                .orElseGet(() -> requested.open(
                        tx,
                        steps.estate().find(tx, attested.assetId()).orElseThrow(),
                        attested.planId(),
                        named,
                        by,
                        channel));
        boolean stands = Undecided.of(review, tx.attach(ReviewEventDao.class).listByReview(review.id())).stream()
                .anyMatch(one -> one.words().equals(named));
        if (stands) {
            return review;
        }
        return steps.change(
                tx,
                review,
                "problem",
                by,
                channel,
                named,
                evidence -> evidence.data("attested", attested.ref()).priv("text", named),
                at -> at.reportProblem(review.id(), review.version(), steps.now(), named));
    }
}
