package dev.ronde.inbound.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a message.
 *
 * @param rule the rule that decided, a word such as {@code owner-by-reply}
 */
public record Ruling(
        @Nullable Decision decision,
        @Nullable String rule,
        @Nullable String reason,
        @Nullable String about,
        @Nullable UUID recordId,
        @Nullable Instant decidedAt) {}
