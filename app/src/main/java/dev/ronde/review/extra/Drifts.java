package dev.ronde.review.extra;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.drift.DriftDao;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.Openings;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Likeness;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.plan.DriftRule;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Compares what an asset is with what was attested of it last. What stays different for the plan's settle time opens one review, and
 * never a second one while that is open; what goes back to the attested configuration closes it, and the record stays. An asset that
 * nothing is heard of is neither: only what arrived is compared.
 */
public final class Drifts {

    /** Why a drift review was closed without an answer. */
    static final String BACK = "back_to_attested";

    private final ReviewSteps steps;
    private final Extras extras;
    private final Looks looks;

    public Drifts(ReviewSteps steps, Openings openings, Looks looks) {
        this.steps = steps;
        this.extras = new Extras(steps, openings);
        this.looks = looks;
    }

    /** Looks at one asset; returns how many reviews that opened or closed. */
    public int look(Handle tx, DriftDao.Watch watch) {
        DriftDao dao = tx.attach(DriftDao.class);
        Optional<Covered> asset = steps.estate().find(tx, watch.assetId()).filter(Covered::active);
        if (dao.take(watch.assetId(), watch.lookAt()) == 0 || asset.isEmpty()) {
            return 0;
        }
        ReviewDao reviews = tx.attach(ReviewDao.class);
        Optional<Review> attested = reviews.findLastLookedAt(watch.assetId());
        String present = looks.digest(tx, watch.assetId()).orElse(null);
        if (attested.isEmpty() || present == null) {
            return 0;
        }
        Optional<Review> open = reviews.findUnfinished(watch.assetId(), Review.DRIFT);
        String known = String.valueOf(attested.get().attestation().snapshotDigest());
        Likeness likeness = looks.likeness(tx, watch.assetId(), known, present);
        if (likeness == Likeness.SAME) {
            // a problem somebody reported does not go away by itself
            Optional<Review> over = open.filter(review -> review.handling().problemAt() == null);
            over.ifPresent(review -> close(tx, review));
            return over.isPresent() ? 1 : 0;
        }
        return likeness == Likeness.UNKNOWN || open.isPresent()
                ? 0
                : drifted(tx, watch, attested.get(), known, asset.get());
    }

    private int drifted(Handle tx, DriftDao.Watch watch, Review attested, String known, Covered asset) {
        Optional<Enrolment> enrolment = enrolment(tx, attested, asset);
        if (enrolment.isEmpty()) {
            return 0;
        }
        PlanInForce plan = PlanInForce.of(
                tx.attach(PlanDao.class).find(enrolment.get().planId()).orElseThrow());
        DriftRule rule = plan.definition().drift();
        if (!rule.watched()) {
            return 0;
        }
        Instant enough = steps.now().minus(rule.settle());
        Instant settledAt = looks.differentSince(tx, asset.id(), known, enough).plus(rule.settle());
        if (steps.now().isBefore(settledAt)) {
            tx.attach(DriftDao.class).mark(watch.assetId(), settledAt);
            return 0;
        }
        extras.open(tx, enrolment.get(), plan, asset, Review.DRIFT, null, Actor.SYSTEM, Channel.SYSTEM);
        return 1;
    }

    /** The enrolment whose promise the attestation kept, or another that covers the asset now. */
    static Optional<Enrolment> enrolment(Handle tx, Review attested, Covered asset) {
        EnrolmentDao dao = tx.attach(EnrolmentDao.class);
        return dao.find(attested.enrolmentId())
                .filter(enrolment -> enrolment.endedAt() == null)
                .or(() -> dao.listActiveByAsset(asset.id()).stream().findFirst());
    }

    private void close(Handle tx, Review review) {
        steps.change(
                tx,
                review,
                "cancelled",
                Actor.SYSTEM,
                Channel.SYSTEM,
                BACK,
                (Evidence evidence) -> evidence.data("reason", BACK),
                dao -> dao.cancel(review.id(), review.version(), steps.now(), BACK));
    }
}
