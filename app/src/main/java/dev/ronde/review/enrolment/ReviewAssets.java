package dev.ronde.review.enrolment;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetListener;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.AssetEstate;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jdbi.v3.core.Handle;

/**
 * Follows the inventory: the first owner gets the open reviews that nobody has, a retired asset expects none, an import leaves its marks.
 * What opened with an owner stays theirs until somebody reassigns it or hands over: a review keeps the owner it opened with.
 */
public record ReviewAssets(InstantSource clock, ReviewParts parts) implements AssetListener {

    private static final String RETIRED = "asset_retired";

    @Override
    public void changed(Handle tx, List<AssetChange> changes, boolean imported, Actor by) {
        if (imported) {
            tx.attach(ImportMarkDao.class)
                    .insert(changes.stream().map(change -> change.after().id()).toList());
        }
        for (AssetChange change : changes) {
            if (change.before() != null) {
                changed(tx, change.before(), change.after(), by);
            }
        }
    }

    private void changed(Handle tx, Asset before, Asset after, Actor by) {
        Covered asset = AssetEstate.covered(after);
        Channel channel = by.equals(Actor.SYSTEM) ? Channel.SYSTEM : Channel.API;
        if (before.active() && !after.active()) {
            PlanDao plans = tx.attach(PlanDao.class);
            for (Enrolment enrolment : tx.attach(EnrolmentDao.class).listActiveByAsset(after.id())) {
                PlanInForce plan = PlanInForce.of(plans.find(enrolment.planId()).orElseThrow());
                parts.enrolments().end(new PlanWork(tx, plan, by, channel), enrolment, asset, RETIRED);
            }
            for (Review left : tx.attach(ReviewDao.class).listUnfinishedByAsset(after.id())) {
                // open since before its plan ended or stopped covering the asset
                if (left.stateAt(clock.instant()).waiting()) {
                    PlanInForce plan = PlanInForce.of(plans.find(left.planId()).orElseThrow());
                    parts.enrolments()
                            .cancellations()
                            .cancel(
                                    new PlanWork(tx, plan, by, channel),
                                    List.of(left),
                                    Map.of(asset.id(), asset),
                                    RETIRED);
                }
            }
        } else if (after.ownerId() != null && !Objects.equals(before.ownerId(), after.ownerId())) {
            takeUp(tx, asset, by, channel);
        }
    }

    private void takeUp(Handle tx, Covered asset, Actor by, Channel channel) {
        Instant now = clock.instant();
        ReviewDao dao = tx.attach(ReviewDao.class);
        for (Review review : dao.listUnfinishedByAsset(asset.id())) {
            if (review.stateAt(now).waiting() && review.ownerId() == null) {
                Review after = dao.update(review.assigned(asset.ownerId(), 0), now);
                Evidence evidence =
                        parts.records().start(tx, "assigned", after, asset, by).changed(List.of("owner"));
                parts.records().write(tx, new ReviewRecords.Entry("assigned", after, evidence, null), by, channel);
            }
        }
    }
}
