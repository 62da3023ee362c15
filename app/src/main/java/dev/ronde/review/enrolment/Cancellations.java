package dev.ronde.review.enrolment;

import dev.ronde.evidence.Evidence;
import dev.ronde.review.PlanWork;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewRecords;
import dev.ronde.review.estate.Covered;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Takes back reviews that nobody expects any more; the row and its reason stay. */
record Cancellations(InstantSource clock, ReviewRecords records) {

    void cancel(PlanWork work, List<Review> reviews, Map<UUID, Covered> assets, String reason) {
        if (reviews.isEmpty()) {
            return;
        }
        ReviewDao dao = work.tx().attach(ReviewDao.class);
        dao.updateAll(
                reviews.stream()
                        .map(review -> review.cancelled(clock.instant(), reason))
                        .toList(),
                clock.instant());
        if (!work.kept()) {
            return;
        }
        Map<UUID, Review> now = dao.byIds(reviews.stream().map(Review::id).toList());
        List<ReviewRecords.Entry> entries = new ArrayList<>();
        for (Review review : reviews) {
            Review after = Objects.requireNonNull(now.get(review.id()));
            Covered asset = Objects.requireNonNull(assets.get(review.assetId()));
            Evidence evidence = records.start(work, "cancelled", after, asset).data("reason", reason);
            entries.add(new ReviewRecords.Entry("cancelled", after, evidence, reason));
        }
        records.writeAll(work, entries);
    }
}
