package dev.ronde.review.extra;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.DriftDao;
import dev.ronde.review.DriftWindow;
import dev.ronde.review.Opening;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.Openings;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Likeness;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.extra.Requested.Extras;
import dev.ronde.review.plan.DriftRule;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.util.Locale;
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
public record Drifts(ReviewSteps steps, Openings openings, Looks looks) {

    static final String BACK = "back_to_attested";

    /**
     * What an asset is, beside what was attested of it.
     *
     * @param known what was attested last
     * @param before what the open drift review is compared with, or a new one would be
     * @param back whether it is {@code before} again
     * @param worse how many settings are wider or weaker than in {@code before}
     */
    public record Compared(String known, String before, String present, Likeness likeness, boolean back, int worse) {

        private boolean of(String otherKnown, String otherBefore, String otherPresent) {
            return known.equals(otherKnown) && before.equals(otherBefore) && present.equals(otherPresent);
        }
    }

    /** Compares what {@link #look} decides upon, outside of its transaction; empty where there is nothing to compare. */
    public Optional<Compared> compare(Handle handle, UUID assetId) {
        Optional<Review> attested = handle.attach(ReviewDao.class).findLastAttested(assetId, null);
        String present = looks.digest(handle, assetId).orElse(null);
        Optional<Covered> asset = steps.estate().find(handle, assetId);
        if (attested.isEmpty() || present == null || asset.isEmpty()) {
            return Optional.empty();
        }
        String known = String.valueOf(attested.get().attestation().snapshotDigest());
        String before = before(open(handle, assetId), known);
        Likeness likeness = looks.likeness(handle, assetId, known, present);
        if (likeness != Likeness.DIFFERENT) {
            boolean back = looks.likeness(handle, assetId, before, present) == Likeness.SAME;
            return Optional.of(new Compared(known, before, present, likeness, back, 0));
        }
        enrolment(handle, attested.get(), asset.get())
                .flatMap(enrolment -> handle.attach(PlanDao.class).find(enrolment.planId()))
                .map(plan -> PlanInForce.of(plan).definition().drift())
                .filter(DriftRule::watched)
                .ifPresent(rule ->
                        looks.differentSince(handle, assetId, known, steps.now().minus(rule.settle())));
        return Optional.of(
                new Compared(known, before, present, likeness, false, worse(handle, assetId, before, present)));
    }

    private int worse(Handle handle, UUID assetId, String before, String present) {
        return (int) looks.changes(handle, assetId, before, present, Locale.ENGLISH).stream()
                .filter(change ->
                        change.effect().equals("wider") || change.effect().equals("weaker"))
                .count();
    }

    private static Optional<Review> open(Handle handle, UUID assetId) {
        return handle.attach(ReviewDao.class).findUnfinished(assetId, Review.DRIFT);
    }

    private static String before(Optional<Review> open, String known) {
        return open.map(Review::opening).map(Opening::baselineDigest).orElse(known);
    }

    /**
     * Looks at one asset; returns how many reviews that opened or closed. What is no longer as it was compared is left to the next look.
     */
    public int look(Handle tx, DriftDao.Watch watch, Optional<Compared> seen) {
        DriftDao dao = tx.attach(DriftDao.class);
        UUID assetId = watch.assetId();
        Optional<Covered> asset = steps.estate().find(tx, assetId).filter(Covered::active);
        Optional<Review> attested = tx.attach(ReviewDao.class).findLastAttested(assetId, null);
        String present = looks.digest(tx, assetId).orElse(null);
        if (asset.isEmpty() || attested.isEmpty() || present == null) {
            dao.take(assetId, watch.lookAt());
            return 0;
        }
        String known = String.valueOf(attested.get().attestation().snapshotDigest());
        Optional<Review> open = open(tx, assetId);
        if (seen.isEmpty()
                || !seen.get().of(known, before(open, known), present)
                || dao.take(assetId, watch.lookAt()) == 0) {
            return 0;
        }
        return switch (seen.get().likeness()) {
            case UNKNOWN -> 0;
            case SAME -> open.isPresent() && back(tx, open.get(), seen.get()) ? 1 : 0;
            case DIFFERENT ->
                open.isPresent()
                        ? keep(
                                tx,
                                open.get(),
                                Objects.requireNonNull(open.get().opening().openedAt()),
                                seen.get())
                        : drifted(tx, watch, attested.get(), asset.get(), seen.get());
        };
    }

    /**
     * The configuration is the attested one again. What was wider or weaker meanwhile is still to be answered; anything else closes the
     * review, unless somebody reported a problem. Where the drift itself was attested under another review, that was the answer.
     */
    private boolean back(Handle tx, Review review, Compared seen) {
        DriftWindow drift = review.drift();
        if (drift.over()) {
            return false;
        }
        if (!seen.back() || !drift.worse()) {
            boolean closes = review.handling().problemAt() == null;
            if (closes) {
                close(tx, review);
            }
            return closes;
        }
        DriftWindow ended = drift.ended(looks.unchangedSince(tx, review.assetId()));
        steps.change(
                tx, review.drifting(ended), "drift-ended", Actor.SYSTEM, Channel.SYSTEM, null, evidence -> evidence);
        return true;
    }

    private int keep(Handle tx, Review review, Instant since, Compared seen) {
        DriftWindow drift = review.drift().differing(since, seen.present(), seen.worse());
        if (!drift.equals(review.drift())) {
            Review after = tx.attach(ReviewDao.class).update(review.drifting(drift), steps.now());
            Covered asset = steps.estate().find(tx, review.assetId()).orElseThrow();
            steps.records().keep(tx, steps.records().start(tx, "drifted", after, asset, Actor.SYSTEM));
        }
        return 0;
    }

    private int drifted(Handle tx, DriftDao.Watch watch, Review attested, Covered asset, Compared seen) {
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
        Instant since = looks.differentSince(tx, asset.id(), seen.known(), enough);
        Instant settledAt = since.plus(rule.settle());
        if (steps.now().isBefore(settledAt)) {
            tx.attach(DriftDao.class).mark(watch.assetId(), settledAt);
            return 0;
        }
        Review opened = new Extras(steps, openings)
                .open(PlanWork.ofSystem(tx, plan), enrolment.get(), asset, Review.DRIFT, null);
        keep(tx, opened, since, seen);
        return 1;
    }

    /** The enrolment that the attestation was for, or another that covers the asset now. */
    static Optional<Enrolment> enrolment(Handle tx, Review attested, Covered asset) {
        EnrolmentDao dao = tx.attach(EnrolmentDao.class);
        return dao.find(attested.enrolmentId())
                .filter(enrolment -> enrolment.endedAt() == null)
                .or(() -> dao.listActiveByAsset(asset.id()).stream().findFirst());
    }

    private void close(Handle tx, Review review) {
        steps.change(
                tx,
                review.cancelled(steps.now(), BACK),
                "cancelled",
                Actor.SYSTEM,
                Channel.SYSTEM,
                BACK,
                evidence -> evidence.data("reason", BACK));
    }
}
