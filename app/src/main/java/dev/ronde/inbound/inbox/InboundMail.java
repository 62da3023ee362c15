package dev.ronde.inbound.inbox;

import java.util.UUID;
import org.jdbi.v3.core.mapper.Nested;
import org.jspecify.annotations.Nullable;

/**
 * One message that arrived.
 *
 * @param state {@code stored} until it is decided, then {@code decided}
 */
public record InboundMail(
        UUID id,
        @Nested Arrival arrival,
        String state,
        int attempts,
        @Nullable String error,
        @Nested Reading reading,
        @Nested Ruling ruling,
        long version) {
    public static final String STORED = "stored";
    public static final String DECIDED = "decided";
}
