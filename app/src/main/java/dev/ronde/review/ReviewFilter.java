package dev.ronde.review;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which reviews a list shows; null fields do not narrow it.
 *
 * @param visibleTo the person an owner is: own reviews, those asked to take over, and those of own assets
 */
public record ReviewFilter(
        @Nullable ReviewState state,
        @Nullable Boolean overdue,
        @Nullable UUID owner,
        @Nullable String assetRef,
        @Nullable String plan,
        @Nullable LocalDate dueBefore,
        @Nullable UUID visibleTo) {

    public static final ReviewFilter ALL = new ReviewFilter(null, null, null, null, null, null, null);
}
