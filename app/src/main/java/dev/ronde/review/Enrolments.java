package dev.ronde.review;

import dev.ronde.cadence.Cadence;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who is under which plan: enrols what matches, ends what no longer does, and moves unopened rows when a plan changes. */
final class Enrolments {

    /** Up to so many assets are looked up by their ids. */
    private static final int FEW = 200;

    /** So many enrolments begin with one statement for each table. */
    private static final int AT_ONCE = 200;

    private final InstantSource clock;
    private final ReviewRecords records;
    private final Slots slots;

    Enrolments(InstantSource clock, ReviewRecords records, Slots slots) {
        this.clock = clock;
        this.records = records;
        this.slots = slots;
    }

    Enrolments with(ReviewRecords otherRecords, Slots otherSlots) {
        return new Enrolments(clock, otherRecords, otherSlots);
    }

    /** What one pass over a plan did. */
    static final class Tally {
        int enrolled;
        int moved;
        int becameOverdue;
        int cancelled;
        int held;

        private void enrolled(int assets, List<Review> created) {
            enrolled += assets;
            held += (int) created.stream().filter(Review::held).count();
        }
    }

    /**
     * Brings the enrolments of a plan in line with its scope.
     *
     * @param reslot true when the plan has a new version whose dates unopened rows must follow
     * @param imported assets whose reviews wait for an announcement where their lead time has begun
     */
    Tally match(
            Handle tx,
            PlanInForce plan,
            List<Covered> assets,
            boolean reslot,
            Set<UUID> imported,
            Actor by,
            Channel channel) {
        Tally tally = new Tally();
        Map<UUID, Enrolment> known = new HashMap<>();
        of(tx, plan, assets).forEach(entry -> known.put(entry.assetId(), entry));
        LocalDate today = LocalTimes.dayOf(clock.instant(), plan.definition().zone());
        boolean ahead = plan.definition().cadence().from(today).find(today).isPresent();
        List<Slots.Start> starts = new ArrayList<>();
        for (Covered asset : assets) {
            boolean covered = asset.active() && plan.definition().scope().covers(asset.candidate());
            Enrolment enrolment = known.remove(asset.id());
            if (enrolment != null && enrolment.endedAt() == null) {
                if (!covered) {
                    tally.cancelled += end(tx, enrolment, asset, plan, "out_of_scope", by, channel);
                } else if (reslot) {
                    reslot(tx, enrolment, plan, asset, tally, by, channel);
                }
            } else if (covered && ahead) {
                boolean hold = imported.contains(asset.id());
                if (enrolment == null) {
                    starts.add(new Slots.Start(
                            new Enrolment(slots.newId(), plan.id(), asset.id(), today, 0, null, null, null, null),
                            asset,
                            hold));
                } else {
                    resume(tx, enrolment, plan, asset, today, hold, tally, by, channel);
                }
            }
        }
        for (int from = 0; from < starts.size(); from += AT_ONCE) {
            List<Slots.Start> some = starts.subList(from, Math.min(from + AT_ONCE, starts.size()));
            tally.enrolled(some.size(), slots.begin(tx, plan, some, by, channel));
        }
        return tally;
    }

    private static List<Enrolment> of(Handle tx, PlanInForce plan, List<Covered> assets) {
        if (assets.isEmpty()) {
            return List.of();
        }
        EnrolmentDao dao = tx.attach(EnrolmentDao.class);
        return assets.size() > FEW
                ? dao.listByPlan(plan.id())
                : dao.listByPlanAndAssets(
                        plan.id(), assets.stream().map(Covered::id).toList());
    }

    private void resume(
            Handle tx,
            Enrolment former,
            PlanInForce plan,
            Covered asset,
            LocalDate today,
            boolean hold,
            Tally tally,
            Actor by,
            Channel channel) {
        EnrolmentDao dao = tx.attach(EnrolmentDao.class);
        if (dao.resume(former.id(), today) == 1) {
            Enrolment enrolment = dao.lock(former.id()).orElseThrow();
            tally.enrolled(1, slots.extend(tx, enrolment, plan, asset, hold, by, channel));
        }
    }

    /** Ends an enrolment: unopened rows are cancelled with the reason, open ones stay unless the asset is gone. */
    int end(Handle tx, Enrolment enrolment, Covered asset, PlanInForce plan, String reason, Actor by, Channel channel) {
        if (tx.attach(EnrolmentDao.class).end(enrolment.id(), clock.instant(), reason) == 0) {
            return 0;
        }
        int cancelled = 0;
        for (Review review : tx.attach(ReviewDao.class).listUnfinishedByEnrolment(enrolment.id())) {
            boolean open = review.opening().openedAt() != null;
            if (!open || !asset.active()) {
                cancel(tx, review, asset, plan, reason, by, channel);
                cancelled++;
            }
        }
        return cancelled;
    }

    private void cancel(
            Handle tx, Review review, Covered asset, PlanInForce plan, String reason, Actor by, Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        Changed.once(dao.cancel(review.id(), review.version(), clock.instant(), reason), review);
        Review after = dao.find(review.id()).orElseThrow();
        Evidence evidence = records.start(tx, "cancelled", after, asset, plan.definition(), by)
                .data("reason", reason);
        records.write(tx, new ReviewRecords.Entry("cancelled", after, evidence, reason), by, channel);
    }

    /** Gives unopened rows the dates their plan and anchor now ask for; what has opened keeps its own. */
    void reslot(Handle tx, Enrolment seen, PlanInForce plan, Covered asset, Tally tally, Actor by, Channel channel) {
        Enrolment enrolment = tx.attach(EnrolmentDao.class).lock(seen.id()).orElseThrow();
        ReviewDao dao = tx.attach(ReviewDao.class);
        List<Review> all = dao.listByEnrolment(enrolment.id());
        List<Review> unopened = all.stream()
                .filter(review -> review.opening().openedAt() == null && !Slots.ended(review))
                .toList();
        Cadence cadence = enrolment.cadence(plan);
        LocalDate today = LocalTimes.dayOf(clock.instant(), plan.definition().zone());
        LocalDate horizon = today.plus(Slots.HORIZON);
        boolean keep = sameSlots(unopened, cadence);
        Optional<LocalDate> slot = cadence.find(Slots.firstFree(today, all));
        LocalDate newest = enrolment.lastSlotOn();
        LocalDate before = null;
        for (Review review : unopened) {
            Optional<LocalDate> wanted = keep ? Optional.of(review.dates().scheduledOn()) : slot;
            if (wanted.isEmpty() || (!keep && before != null && before.isAfter(horizon))) {
                cancel(tx, review, asset, plan, "plan_changed", by, channel);
                tally.cancelled++;
                continue;
            }
            before = wanted.get();
            newest = before;
            move(tx, review, all, before, plan, asset, enrolment, tally, by, channel);
            slot = cadence.find(before.plusDays(1));
        }
        if (newest != null) {
            tx.attach(EnrolmentDao.class).updateSlots(enrolment.id(), enrolment.slots(), newest);
        }
        Enrolment moved = tx.attach(EnrolmentDao.class).lock(enrolment.id()).orElseThrow();
        slots.extend(tx, moved, plan, asset, false, by, channel);
    }

    /** Whether the rows lie on slots of the cadence, one after the other: then their days stay. */
    private static boolean sameSlots(List<Review> unopened, Cadence cadence) {
        LocalDate expected = null;
        for (Review review : unopened) {
            LocalDate slot = review.dates().scheduledOn();
            LocalDate from = expected == null ? slot : expected;
            if (!cadence.find(from).filter(slot::equals).isPresent()) {
                return false;
            }
            expected = slot.plusDays(1);
        }
        return !unopened.isEmpty();
    }

    private void move(
            Handle tx,
            Review review,
            List<Review> all,
            LocalDate slot,
            PlanInForce plan,
            Covered asset,
            Enrolment enrolment,
            Tally tally,
            Actor by,
            Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        ReviewDates dates = ReviewDates.of(
                plan.definition(),
                slot,
                Slots.countsFrom(review, all, asset),
                Slots.previousOn(review, all, asset),
                enrolment.enrolledOn());
        Instant now = clock.instant();
        Changed.once(dao.updateDates(review.id(), review.version(), dates, plan.version()), review);
        if (!dates.dueOn().equals(review.dates().dueOn())
                || !dates.scheduledOn().equals(review.dates().scheduledOn())) {
            tally.moved++;
            if (!dates.overdueAt().isAfter(now) && review.dates().overdueAt().isAfter(now)) {
                tally.becameOverdue++;
            }
            slots.rescheduled(tx, review, dates, asset, plan, by, channel);
        }
    }
}
