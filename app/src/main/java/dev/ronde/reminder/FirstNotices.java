package dev.ronde.reminder;

import dev.ronde.platform.db.Batches;
import dev.ronde.review.FirstNotice;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When the first mail about a review was accepted, to its owner or to a lead who must decide: “promptly notified”, for the export. */
public final class FirstNotices implements FirstNotice {
    @Override
    public @Nullable Instant of(Handle handle, Review review) {
        return of(handle, List.of(review)).get(review.id());
    }

    @Override
    public Map<UUID, Instant> of(Handle handle, List<Review> reviews) {
        return Batches.of(reviews.stream().map(Review::id).toList()).stream()
                .flatMap(some -> handle.attach(NoticeDao.class).listFirstAccepted(some).stream())
                .collect(Collectors.toMap(NoticeDao.First::subjectId, NoticeDao.First::settledAt));
    }
}
