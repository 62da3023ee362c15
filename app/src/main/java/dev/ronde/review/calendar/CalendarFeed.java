package dev.ronde.review.calendar;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A calendar somebody subscribed to.
 *
 * @param personId whose it is: whose reviews it shows, and whose rights and language it has
 * @param everybody whether it shows the reviews of everybody; only leads and auditors have such
 * @param planId the one plan it shows; null for all
 * @param readAt when a calendar last fetched it, to the hour
 */
public record CalendarFeed(
        UUID id,
        UUID personId,
        String name,
        boolean everybody,
        @Nullable String planId,
        Instant createdAt,
        @Nullable Instant readAt,
        @Nullable Instant revokedAt,
        long version) {}
