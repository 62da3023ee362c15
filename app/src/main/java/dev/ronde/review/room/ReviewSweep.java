package dev.ronde.review.room;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.DriftDao;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewSteps;
import dev.ronde.review.enrolment.Enrolment;
import dev.ronde.review.enrolment.EnrolmentDao;
import dev.ronde.review.enrolment.EnrolmentSweep;
import dev.ronde.review.enrolment.ReviewParts;
import dev.ronde.review.enrolment.Slots;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.extra.Drifts;
import dev.ronde.review.handover.StandIns;
import dev.ronde.review.plan.Plan;
import dev.ronde.review.plan.PlanDao;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steady work on reviews: enrols assets that match a plan, keeps the rows ahead, marks closed windows missed, opens what is inside its lead
 * time, looks whether what changed is still what was attested, gives what waits for people on leave to those who step in, and ends questions for
 * more time whose day has come. Idempotent; each review is its own transaction, so that one that somebody else holds delays no other.
 */
public record ReviewSweep(
        Database database,
        EnrolmentSweep enrolments,
        ReviewParts parts,
        Drifts drifts,
        StandIns standIns,
        ReviewSteps steps,
        People people)
        implements Tick {

    private static final Logger log = LoggerFactory.getLogger(ReviewSweep.class);
    private static final int BATCH = 200;

    @Override
    public String name() {
        return "reviews";
    }

    @Override
    public int run(Instant now) {
        List<Plan> all = database.read(handle -> handle.attach(PlanDao.class).listAll());
        if (all.isEmpty()) {
            return 0;
        }
        Map<String, PlanInForce> plans = new HashMap<>();
        all.forEach(plan -> plans.put(plan.id(), PlanInForce.of(plan)));
        // what is open under a retired plan still becomes late and missed, but nothing comes under it
        int done = enrolments.run(
                all.stream()
                        .filter(plan -> plan.retiredAt() == null)
                        .map(PlanInForce::of)
                        .toList(),
                now);
        done += extend(plans, now);
        done += miss(plans, now);
        done += drift(now);
        done += standIns(now);
        done += lapse(plans, now);
        return done + open(plans, now);
    }

    private int extend(Map<String, PlanInForce> plans, Instant now) {
        LocalDate horizon = LocalTimes.dayOf(now, ZoneOffset.UTC).plus(Slots.HORIZON);
        int done = 0;
        List<Enrolment> batch =
                database.read(handle -> handle.attach(EnrolmentDao.class).listShort(horizon.minusDays(1), BATCH));
        for (Enrolment seen : batch) {
            done += database.inTransaction(tx -> {
                Enrolment enrolment =
                        tx.attach(EnrolmentDao.class).lock(seen.id()).orElseThrow();
                PlanInForce plan = plans.get(enrolment.planId());
                Covered asset = steps.estate().find(tx, enrolment.assetId()).orElseThrow();
                return enrolment.endedAt() != null || plan == null
                        ? 0
                        : parts.slots()
                                .extend(PlanWork.ofSystem(tx, plan), enrolment, asset)
                                .rows()
                                .size();
            });
        }
        return done;
    }

    private int miss(Map<String, PlanInForce> plans, Instant now) {
        List<Review> due =
                database.read(handle -> handle.attach(ReviewDao.class).listToMiss(now, BATCH));
        return each(due, plans, (work, review, asset) -> parts.openings().miss(work, review, asset));
    }

    private int open(Map<String, PlanInForce> plans, Instant now) {
        List<Review> due =
                database.read(handle -> handle.attach(ReviewDao.class).listToOpen(now, null, BATCH));
        return each(due, plans, (work, review, asset) -> parts.openings().open(work, review, asset));
    }

    private int lapse(Map<String, PlanInForce> plans, Instant now) {
        // where a day begins first on earth
        LocalDate day = now.atOffset(ZoneOffset.ofHours(14)).toLocalDate();
        List<Review> due =
                database.read(handle -> handle.attach(ReviewDao.class).listAskedUntil(day, now, BATCH)).stream()
                        .filter(review -> lapsed(review, now))
                        .toList();
        return each(
                due,
                plans,
                (work, review, asset) -> steps.change(
                        work.tx(),
                        review.timeAnswered(),
                        "time-lapsed",
                        Actor.SYSTEM,
                        Channel.SYSTEM,
                        String.valueOf(review.handling().timeAskedUntil()),
                        evidence -> evidence.data("until", review.handling().timeAskedUntil())));
    }

    /** Nothing is left to give or to refuse on the day that was asked for, in the zone of the review. */
    private static boolean lapsed(Review review, Instant now) {
        LocalDate until = review.handling().timeAskedUntil();
        return until != null && !until.isAfter(review.dates().dayOf(now));
    }

    private int drift(Instant now) {
        int done = 0;
        List<DriftDao.Watch> due =
                database.read(handle -> handle.attach(DriftDao.class).listDue(now, BATCH));
        for (DriftDao.Watch watch : due) {
            try {
                Optional<Drifts.Compared> seen = database.read(handle -> drifts.compare(handle, watch.assetId()));
                done += database.inTransaction(tx -> drifts.look(tx, watch, seen));
            } catch (Problem somebodyWasFirst) {
                log.info("asset {} left to the next sweep: {}", watch.assetId(), somebodyWasFirst.code());
            }
        }
        return done;
    }

    private int standIns(Instant now) {
        int done = 0;
        for (Person away : database.read(handle -> people.away(handle, now))) {
            done += database.inTransaction(tx -> standIns.run(tx, away));
        }
        return done;
    }

    @FunctionalInterface
    private interface Step {
        Review on(PlanWork work, Review review, Covered asset);
    }

    private int each(List<Review> due, Map<String, PlanInForce> plans, Step step) {
        int done = 0;
        for (Review seen : due) {
            PlanInForce plan = plans.get(seen.planId());
            if (plan == null) {
                continue;
            }
            try {
                database.useTransaction(tx -> {
                    Covered asset = steps.estate().find(tx, seen.assetId()).orElseThrow();
                    Review fresh = tx.attach(ReviewDao.class).find(seen.id()).orElseThrow();
                    if (fresh.version() == seen.version()) {
                        step.on(PlanWork.ofSystem(tx, plan), fresh, asset);
                    }
                });
                done++;
            } catch (Problem somebodyWasFirst) {
                log.info("review {} left to the next sweep: {}", seen.ref(), somebodyWasFirst.code());
            }
        }
        return done;
    }
}
