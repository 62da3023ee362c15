package dev.ronde.review.enrolment;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.platform.db.Batches;
import dev.ronde.review.DriftDao;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Estate;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Who is under which plan: enrols what matches, ends what no longer does, and moves unopened rows when a plan changes. */
public final class Enrolments {

    public static final String PLAN_RETIRED = "plan_retired";

    private static final int FEW = 200;

    private final InstantSource clock;
    private final Slots slots;
    private final Cancellations cancellations;
    private final Reslotting reslotting;
    private final Resumption resumption;

    Enrolments(InstantSource clock, ReviewRecords records, Slots slots, SlotDates dates) {
        this.clock = clock;
        this.slots = slots;
        this.cancellations = new Cancellations(clock, records);
        this.reslotting = new Reslotting(clock, slots, dates, cancellations);
        this.resumption = new Resumption(clock, slots);
    }

    /**
     * Brings the enrolments of a plan in line with its scope.
     *
     * @param reslot true when the plan has a new version whose dates unopened rows must follow
     * @param imported assets whose reviews wait for an announcement where their lead time has begun
     */
    public EnrolmentTally match(PlanWork work, List<Covered> assets, boolean reslot, Set<UUID> imported) {
        PlanInForce plan = work.plan();
        EnrolmentTally tally = new EnrolmentTally();
        Map<UUID, Enrolment> known = new HashMap<>();
        of(work, assets).forEach(entry -> known.put(entry.assetId(), entry));
        LocalDate today = LocalTimes.dayOf(clock.instant(), plan.definition().zone());
        boolean ahead = plan.definition().cadence().from(today).find(today).isPresent();
        List<Slots.Start> starts = new ArrayList<>();
        Map<UUID, Covered> moving = new LinkedHashMap<>();
        for (Covered asset : assets) {
            boolean covered = asset.active() && plan.definition().scope().covers(asset.candidate());
            Enrolment enrolment = known.remove(asset.id());
            if (enrolment != null && enrolment.endedAt() == null) {
                if (!covered) {
                    tally.cancelled += end(work, enrolment, asset, "out_of_scope");
                } else if (reslot) {
                    moving.put(enrolment.id(), asset);
                }
            } else if (covered && enrolment != null) {
                resumption
                        .run(work, enrolment, asset, ahead, imported.contains(asset.id()))
                        .ifPresent(made -> tally.enrolled(1, made, clock.instant()));
            } else if (covered && ahead) {
                starts.add(new Slots.Start(
                        new Enrolment(slots.newId(), plan.id(), asset.id(), today, 0, null, null, null, null),
                        asset,
                        imported.contains(asset.id())));
            }
        }
        reslot(work, moving, tally);
        for (List<Slots.Start> some : Batches.of(starts)) {
            tally.enrolled(some.size(), slots.begin(work, some), clock.instant());
        }
        if (reslot || tally.enrolled > 0) {
            work.tx().attach(DriftDao.class).markPlan(plan.id(), clock.instant());
        }
        return tally;
    }

    /** Gives the unopened rows of these enrolments of the plan the dates that it and their anchors now ask for. */
    public void reslot(PlanWork work, Map<UUID, Covered> assetsByEnrolment, EnrolmentTally tally) {
        for (List<UUID> some : Batches.of(List.copyOf(assetsByEnrolment.keySet()))) {
            Map<UUID, Covered> part = new LinkedHashMap<>();
            some.forEach(id -> part.put(id, Objects.requireNonNull(assetsByEnrolment.get(id))));
            reslotting.run(work, part, tally);
        }
    }

    private static List<Enrolment> of(PlanWork work, List<Covered> assets) {
        if (assets.isEmpty()) {
            return List.of();
        }
        EnrolmentDao dao = work.tx().attach(EnrolmentDao.class);
        return assets.size() > FEW
                ? dao.listByPlan(work.plan().id())
                : dao.listByPlanAndAssets(
                        work.plan().id(), assets.stream().map(Covered::id).toList());
    }

    Cancellations cancellations() {
        return cancellations;
    }

    /** Cancels unopened rows with the reason; open ones stay unless the asset is gone. */
    int end(PlanWork work, Enrolment enrolment, Covered asset, String reason) {
        if (work.tx().attach(EnrolmentDao.class).end(enrolment.id(), clock.instant(), reason) == 0) {
            return 0;
        }
        List<Review> unexpected = work.tx().attach(ReviewDao.class).listUnfinishedByEnrolment(enrolment.id()).stream()
                .filter(review -> review.opening().openedAt() == null || !asset.active())
                .toList();
        cancellations.cancel(work, unexpected, Map.of(asset.id(), asset), reason);
        return unexpected.size();
    }

    /**
     * Ends every enrolment of a plan that retires, and cancels what it still expects. A window that has closed stays missed, swept or not.
     *
     * @param withdraw whether what is open is cancelled too
     */
    public Ended retire(PlanWork work, boolean withdraw, Estate estate) {
        Instant now = clock.instant();
        String plan = work.plan().id();
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        int open = dao.countAhead(plan, now, true);
        int overdue = dao.countOverdue(plan, now, true);
        int assets = work.tx().attach(EnrolmentDao.class).endAll(plan, now, PLAN_RETIRED);
        int cancelled = cancelAhead(work, false, estate);
        int withdrawn = withdraw ? cancelAhead(work, true, estate) : 0;
        return new Ended(assets, cancelled, withdrawn, open - withdrawn + dao.countPending(plan), overdue);
    }

    /**
     * What the end of a plan does to its reviews.
     *
     * @param assets that were under it
     * @param cancelled reviews that had not opened
     * @param withdrawn reviews that were open and are cancelled too
     * @param leftOpen reviews that are open and stay to be answered, and those that wait for a second person
     * @param overdue how many of those that were open were overdue
     */
    public record Ended(int assets, int cancelled, int withdrawn, int leftOpen, int overdue) {}

    private int cancelAhead(PlanWork work, boolean opened, Estate estate) {
        String plan = work.plan().id();
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        if (!work.kept()) {
            // no number of a preview depends on the rows
            return dao.countAhead(plan, clock.instant(), opened);
        }
        int cancelled = 0;
        List<Review> some = dao.listAhead(plan, clock.instant(), opened, FEW);
        while (!some.isEmpty()) {
            Map<UUID, Covered> assets =
                    estate.byIds(work.tx(), some.stream().map(Review::assetId).collect(Collectors.toSet()));
            cancellations.cancel(work, some, assets, PLAN_RETIRED);
            cancelled += some.size();
            some = dao.listAhead(plan, clock.instant(), opened, FEW);
        }
        return cancelled;
    }
}
