package dev.ronde.review;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** When somebody was first told of a review, be it a lead who must decide; the reminder room knows. */
@FunctionalInterface
public interface FirstNotice {
    /** When the first mail about the review was accepted, but for those that tell leads that it was missed, UTC; null when none was. */
    @Nullable
    Instant of(Handle handle, Review review);

    /** The same of some hundred reviews, by their id; those that nobody was told of are left out. */
    default Map<UUID, Instant> of(Handle handle, List<Review> reviews) {
        Map<UUID, Instant> first = new HashMap<>();
        for (Review review : reviews) {
            Instant at = of(handle, review);
            if (at != null) {
                first.put(review.id(), at);
            }
        }
        return first;
    }
}
