package dev.ronde.review.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A feed as API and pages show it.
 *
 * @param person e-mail address of whose it is
 * @param url its address, in the answer that made it and nowhere else
 */
record FeedView(
        UUID id,
        String name,
        String person,
        boolean everybody,
        @Nullable String plan,
        Instant createdAt,
        @Nullable Instant readAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url) {
    static FeedView of(CalendarFeed feed, String person, @Nullable String url) {
        return new FeedView(
                feed.id(), feed.name(), person, feed.everybody(), feed.planId(), feed.createdAt(), feed.readAt(), url);
    }
}
