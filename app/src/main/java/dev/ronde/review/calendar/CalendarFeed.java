package dev.ronde.review.calendar;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A calendar somebody subscribed to, as API and pages show it.
 *
 * @param person e-mail address of whose it is: whose reviews it shows, and whose rights and language it has
 * @param everybody whether it shows the reviews of everybody; only leads and auditors have such
 * @param plan the one plan it shows; null for all
 * @param readAt when a calendar last fetched it, to the hour
 * @param url its address, in the answer that made it and nowhere else
 */
record CalendarFeed(
        UUID id,
        String name,
        String person,
        boolean everybody,
        @Nullable String plan,
        Instant createdAt,
        @Nullable Instant readAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String url,
        @JsonIgnore UUID personId,
        @JsonIgnore long version) {
    CalendarFeed at(String address) {
        return new CalendarFeed(id, name, person, everybody, plan, createdAt, readAt, address, personId, version);
    }

    /** Without the address, which is a secret. */
    @Override
    public String toString() {
        return "CalendarFeed[" + id + "]";
    }
}
