package dev.ronde.review.room;

import dev.ronde.review.Review;
import dev.ronde.review.ReviewRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of reviews.
 *
 * @param gap days since the previous performance; empty where there is nothing to count from
 * @param limit the longest gap in days; empty where the plan sets none
 * @param gapOk yes, no, or empty where nothing can be said
 * @param daysLeft to the due date in the review's zone; negative once it is past
 */
public record ReviewLine(
        String ref,
        String asset,
        String assetName,
        @Nullable String owner,
        String plan,
        LocalDate dueOn,
        String zone,
        String state,
        boolean overdue,
        boolean held,
        long daysLeft,
        String gap,
        String limit,
        String gapOk) {

    static ReviewLine of(ReviewRow row, Instant now) {
        Review review = row.review();
        return new ReviewLine(
                review.ref(),
                row.assetRef(),
                row.assetName(),
                row.ownerName(),
                review.planId(),
                review.dates().dueOn(),
                review.dates().zone().getId(),
                review.stateAt(now).word(),
                review.overdueAt(now),
                review.held(),
                ChronoUnit.DAYS.between(
                        review.dates().dayOf(now), review.dates().dueOn()),
                review.gapDays(now).map(String::valueOf).orElse(""),
                review.dates().maxGapDays() == null
                        ? ""
                        : String.valueOf(review.dates().maxGapDays()),
                review.gapOk(now).map(ok -> ok ? "yes" : "no").orElse(""));
    }
}
