package dev.ronde.review;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of reviews.
 *
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
        long daysLeft) {

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
                        review.dates().dayOf(now), review.dates().dueOn()));
    }
}
