package dev.ronde.review;

import dev.ronde.account.People;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Opens reviews whose lead time has come and closes the windows that have passed. */
final class Openings {

    private final InstantSource clock;
    private final ReviewRecords records;
    private final Slots slots;
    private final Looks looks;
    private final People people;

    Openings(InstantSource clock, ReviewRecords records, Slots slots, Looks looks, People people) {
        this.people = people;
        this.clock = clock;
        this.records = records;
        this.slots = slots;
        this.looks = looks;
    }

    Openings with(ReviewRecords otherRecords, Slots otherSlots) {
        return new Openings(clock, otherRecords, otherSlots, looks, people);
    }

    /** Opens the review as the plan stands now; from here on the plan's later edits do not touch it. */
    Review open(Handle tx, Review seen, PlanInForce plan, Covered asset, Actor by, Channel channel) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        Review review = withPrevious(dao, seen, asset);
        @Nullable String baseline = dao.findAttestedDigest(asset.id()).orElse(null);
        List<Object> checklist = new ArrayList<>();
        // what drifted is asked about by its changes alone
        if (!review.cause().equals(Review.DRIFT)) {
            plan.definition().checklist().forEach(item -> checklist.add(item.toMap()));
        }
        int opened = dao.open(
                review.id(),
                review.version(),
                clock.instant(),
                plan.definition().title(),
                plan.definition().instructions(),
                Json.write(checklist),
                baseline,
                StandIns.ownerNow(tx, people, asset, clock.instant()),
                plan.version());
        Changed.once(opened, review);
        Review after = dao.find(review.id()).orElseThrow();
        Evidence evidence = records.start(tx, "opened", after, asset, plan.definition(), by)
                .data("title", plan.definition().title())
                .data("checklist", checklist.isEmpty() ? null : checklist)
                .data("snapshot_digest", looks.digest(tx, asset.id()).orElse(null));
        records.write(tx, new ReviewRecords.Entry("opened", after, evidence, null), by, channel);
        return after;
    }

    private static Review withPrevious(ReviewDao dao, Review review, Covered asset) {
        if (!review.scheduled()) {
            return review;
        }
        List<Review> all = dao.listByEnrolment(review.enrolmentId());
        ReviewDates old = review.dates();
        ReviewDates dates = new ReviewDates(
                old.scheduledOn(),
                old.dueOn(),
                old.zone(),
                old.opensAt(),
                old.overdueAt(),
                old.missedFrom(),
                old.maxGapDays(),
                Slots.previousOn(review, all, asset));
        if (dates.equals(old)) {
            return review;
        }
        Changed.once(dao.updateDates(review.id(), review.version(), dates, review.planVersion()), review);
        return dao.find(review.id()).orElseThrow();
    }

    /** Marks a review missed whose window has closed, opened or not, and lets the next slot know. */
    Review miss(Handle tx, Review seen, PlanInForce plan, Covered asset) {
        ReviewDao dao = tx.attach(ReviewDao.class);
        Review review = withPrevious(dao, seen, asset);
        Instant now = clock.instant();
        Changed.once(dao.miss(review.id(), review.version(), now), review);
        Review after = dao.find(review.id()).orElseThrow();
        Evidence evidence = records.start(tx, "missed", after, asset, plan.definition(), Actor.SYSTEM)
                .occurredAt(review.dates().missedFrom());
        records.write(tx, new ReviewRecords.Entry("missed", after, evidence, null), Actor.SYSTEM, Channel.SYSTEM);
        slots.follow(tx, after, plan, asset, Actor.SYSTEM, Channel.SYSTEM);
        return after;
    }
}
