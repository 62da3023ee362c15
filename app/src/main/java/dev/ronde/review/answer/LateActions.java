package dev.ronde.review.answer;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewEventDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.Undecided;
import dev.ronde.review.extra.Requested;
import org.jdbi.v3.core.Handle;

/**
 * A problem that comes up after a review was attested, for the lead to decide. Within its window the review opens again. Once that is over the
 * attestation stands, or what was done in time would be missed: the problem is one of the review that waits under the same plan, or of one that
 * opens for it.
 */
record LateActions(ReviewSteps steps, Settlement settlement, Requested requested) {
    /**
     * Reports it.
     *
     * @return the review that waits with the problem; where the same words stand already, as it is
     * @throws Problem 409 or 422 where the window is over and no plan covers the asset any more
     */
    Review problem(Handle tx, Review attested, ReviewAct.ReportProblem command, Visitor who) {
        String said = ReviewSteps.required("/text", command.text(), "Say in a few words what is wrong.");
        return steps.now().isBefore(attested.dates().missedFrom())
                ? reopen(tx, attested, said, who)
                : anew(tx, attested, said, who);
    }

    private Review reopen(Handle tx, Review review, String said, Visitor who) {
        return settlement.change(
                tx,
                review.withdrawn().problemReported(steps.now(), said),
                Verb.PROBLEM.record(),
                who,
                said,
                evidence -> evidence.data("channel", who.channel().word())
                        .data("reopened", true)
                        .data("attested_at", review.attestation().attestedAt())
                        .data("attested_by", review.attestation().performedBy())
                        .priv("text", said));
    }

    private Review anew(Handle tx, Review attested, String said, Visitor who) {
        String named = Cut.to(attested.ref() + ": " + said, ReviewSteps.TEXT_LIMIT);
        Review review = tx.attach(ReviewDao.class).listUnfinishedByAsset(attested.assetId()).stream()
                .filter(one -> one.enrolmentId().equals(attested.enrolmentId())
                        && one.stateAt(steps.now()).waiting())
                .findFirst()
                .orElseGet(() -> requested.open(
                        tx,
                        steps.estate().find(tx, attested.assetId()).orElseThrow(),
                        attested.planId(),
                        named,
                        who.actor(),
                        who.channel()));
        boolean stands = Undecided.of(review, tx.attach(ReviewEventDao.class).listByReview(review.id())).stream()
                .anyMatch(one -> one.words().equals(named));
        return stands
                ? review
                : steps.change(
                        tx,
                        review.problemReported(steps.now(), named),
                        Verb.PROBLEM.record(),
                        who.actor(),
                        who.channel(),
                        named,
                        evidence -> evidence.data("attested", attested.ref()).priv("text", named));
    }
}
