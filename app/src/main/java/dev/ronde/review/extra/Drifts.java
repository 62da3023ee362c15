package dev.ronde.review.extra;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.DriftWindow;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.drift.DriftDao;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.Openings;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Departure;
import dev.ronde.review.estate.Likeness;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.plan.DriftRule;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Compares what an asset is with what was attested of it last. What stays different for the plan's settle time opens one review, and
 * never a second one while that is open. What goes back to the attested configuration closes it, unless it was wider or weaker
 * meanwhile: then it stays to be answered, with the time in which it was so. An asset that
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

    /** Compares what {@link #look} compares, outside of its transaction: what was found is remembered. Returns whether it differs. */
    public boolean compare(Handle handle, UUID assetId) {
        Optional<Review> attested = handle.attach(ReviewDao.class).findLastLookedAt(assetId);
        String present = looks.digest(handle, assetId).orElse(null);
        Optional<Covered> asset = steps.estate().find(handle, assetId);
        if (attested.isEmpty() || present == null || asset.isEmpty()) {
            return false;
        }
        String known = String.valueOf(attested.get().attestation().snapshotDigest());
        boolean different = looks.likeness(handle, assetId, known, present) == Likeness.DIFFERENT;
        if (different) {
            enrolment(handle, attested.get(), asset.get())
                    .flatMap(enrolment -> handle.attach(PlanDao.class).find(enrolment.planId()))
                    .map(plan -> PlanInForce.of(plan).definition().drift())
                    .filter(DriftRule::watched)
                    .ifPresent(rule -> looks.differentSince(
                            handle, assetId, known, steps.now().minus(rule.settle())));
        }
        return different;
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
            return open.isPresent() && back(tx, open.get(), known, present) ? 1 : 0;
        }
        return likeness == Likeness.UNKNOWN || open.isPresent()
                ? 0
                : drifted(tx, watch, attested.get(), known, asset.get());
    }

    /**
     * The configuration is the attested one again. What was wider or weaker meanwhile is still to be answered; anything else closes the
     * review, unless somebody reported a problem. Where the drift itself was attested under another review, that was the answer.
     */
    private boolean back(Handle tx, Review review, String known, String present) {
        String before = review.opening().baselineDigest();
        boolean itself = before != null && looks.likeness(tx, review.assetId(), before, present) == Likeness.SAME;
        Instant opened = Objects.requireNonNull(review.opening().openedAt());
        Optional<Departure> departure = itself
                ? looks.departure(tx, review.assetId(), known, opened).filter(one -> one.worse() > 0)
                : Optional.empty();
        if (departure.isEmpty()) {
            boolean closes = !review.drift().over() && review.handling().problemAt() == null;
            if (closes) {
                close(tx, review);
            }
            return closes;
        }
        Departure one = departure.get();
        if (one.to().equals(review.drift().driftTo())) {
            return false;
        }
        DriftWindow window = new DriftWindow(one.from(), one.to(), one.digest());
        steps.change(
                tx,
                review,
                "drift-ended",
                Actor.SYSTEM,
                Channel.SYSTEM,
                null,
                (Evidence evidence) -> evidence,
                dao -> dao.endDrift(review.id(), review.version(), window, steps.now()));
        return true;
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
