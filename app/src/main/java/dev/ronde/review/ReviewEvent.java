package dev.ronde.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a review's history.
 *
 * @param recordId the sealed record in the evidence ledger
 * @param eventType the record's type without {@code review.}
 * @param actorName the name at that time; it stays when the person leaves
 * @param detail text of the person, or the dates that moved
 */
public record ReviewEvent(
        UUID id,
        UUID reviewId,
        UUID recordId,
        String eventType,
        Instant happenedAt,
        String actorRef,
        @Nullable String actorName,
        String channel,
        @Nullable String detail) {}
