package dev.ronde.review.enrolment;

import dev.ronde.account.People;
import dev.ronde.evidence.Evidence;
import dev.ronde.platform.json.Json;
import dev.ronde.review.Opening;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Covered;
import dev.ronde.review.estate.Looks;
import dev.ronde.review.estate.OnLeave;
import dev.ronde.review.estate.StandIn;
import dev.ronde.review.plan.ChecklistItem;
import dev.ronde.review.plan.PlanInForce;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Opens reviews whose lead time has come and closes the windows that have passed. */
public record Openings(InstantSource clock, ReviewRecords records, SlotDates dates, Looks looks, People people) {
    /** Opens the review as the plan stands now; from here on the plan's later edits do not touch it. */
    public Review open(PlanWork work, Review seen, Covered asset) {
        return open(work, List.of(seen), Map.of(asset.id(), asset)).get(0);
    }

    public List<Review> open(PlanWork work, List<Review> seen, Map<UUID, Covered> assets) {
        Handle tx = work.tx();
        PlanInForce plan = work.plan();
        ReviewDao dao = tx.attach(ReviewDao.class);
        List<Review> reviews = withPrevious(dao, seen, assets);
        Map<UUID, String> attested = dao.attestedDigests(assets.keySet());
        OnLeave leave = new OnLeave(tx, people, clock.instant());
        List<Review> opened = new ArrayList<>();
        for (Review review : reviews) {
            opened.add(made(
                    review,
                    plan,
                    clock.instant(),
                    attested.get(review.assetId()),
                    leave.ownerOf(asset(assets, review))));
        }
        dao.updateAll(opened, clock.instant());
        List<Review> after = again(dao, reviews);
        Map<UUID, String> digests = looks.digests(tx, assets.keySet());
        List<ReviewRecords.Entry> entries = new ArrayList<>();
        for (Review review : after) {
            Evidence evidence = told(records.start(work, "opened", review, asset(assets, review)), review, plan)
                    .data("snapshot_digest", digests.get(review.assetId()));
            String standIn =
                    leave.standIn(asset(assets, review)).map(StandIn::line).orElse(null);
            entries.add(new ReviewRecords.Entry("opened", review, evidence, standIn));
        }
        records.writeAll(work, entries);
        return after;
    }

    private static Review made(
            Review review,
            PlanInForce plan,
            @Nullable Instant openedAt,
            @Nullable String attested,
            @Nullable UUID owner) {
        Opening opening = new Opening(
                openedAt,
                plan.definition().title(),
                plan.definition().instructions(),
                Json.write(checklist(review, plan)),
                attested);
        return review.opened(opening, owner, plan.version());
    }

    private static Evidence told(Evidence evidence, Review review, PlanInForce plan) {
        List<Map<String, Object>> checklist = checklist(review, plan);
        return evidence.data("title", plan.definition().title())
                .data("checklist", checklist.isEmpty() ? null : checklist);
    }

    private static Covered asset(Map<UUID, Covered> assets, Review review) {
        return Objects.requireNonNull(assets.get(review.assetId()));
    }

    private static List<Map<String, Object>> checklist(Review review, PlanInForce plan) {
        return review.cause().equals(Review.DRIFT)
                ? List.of()
                : plan.definition().checklist().stream()
                        .map(ChecklistItem::toMap)
                        .toList();
    }

    private static List<Review> again(ReviewDao dao, List<Review> reviews) {
        Map<UUID, Review> now = dao.byIds(reviews.stream().map(Review::id).toList());
        return reviews.stream()
                .map(review -> Objects.requireNonNull(now.get(review.id())))
                .toList();
    }

    private List<Review> withPrevious(ReviewDao dao, List<Review> reviews, Map<UUID, Covered> assets) {
        Map<UUID, List<Review>> all =
                dao.listByEnrolments(reviews.stream().map(Review::enrolmentId).collect(Collectors.toSet())).stream()
                        .collect(Collectors.groupingBy(Review::enrolmentId));
        return reviews.stream()
                .map(review -> withPrevious(
                        dao, review, all.getOrDefault(review.enrolmentId(), List.of()), asset(assets, review)))
                .toList();
    }

    private Review withPrevious(ReviewDao dao, Review review, List<Review> all, Covered asset) {
        return review.scheduled() ? dates.counted(dao, review, all, asset) : review;
    }

    /**
     * Marks a review missed whose window has closed and lets the next slot know. One that never opened is made of the plan as it stands now,
     * so that it can be done late; nobody is told but of the miss.
     */
    public Review miss(PlanWork work, Review seen, Covered asset) {
        Handle tx = work.tx();
        PlanInForce plan = work.plan();
        ReviewDao dao = tx.attach(ReviewDao.class);
        Review review =
                withPrevious(dao, List.of(seen), Map.of(asset.id(), asset)).get(0);
        Instant now = clock.instant();
        boolean unopened = review.opening().openedAt() == null;
        Review made = unopened ? unopened(tx, review, plan, asset, now) : review;
        Review after = dao.update(made.missed(now), now);
        Evidence missed = records.start(work, "missed", after, asset)
                .occurredAt(review.dates().missedFrom());
        Evidence evidence = unopened ? told(missed, after, plan) : missed;
        records.writeAll(work, List.of(new ReviewRecords.Entry("missed", after, evidence, null)));
        dates.follow(work, after, asset);
        return after;
    }

    private Review unopened(Handle tx, Review review, PlanInForce plan, Covered asset, Instant now) {
        String attested =
                tx.attach(ReviewDao.class).attestedDigests(List.of(asset.id())).get(asset.id());
        return made(review, plan, null, attested, new OnLeave(tx, people, now).ownerOf(asset));
    }
}
