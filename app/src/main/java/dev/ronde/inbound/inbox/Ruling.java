package dev.ronde.inbound.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a message.
 *
 * @param rule the rule that decided, a word such as {@code owner-by-reply}
 * @param reason in words, where there is more to say
 * @param about the ref of the review it is about
 * @param recordId the evidence record of the decision
 */
public record Ruling(
        @Nullable Decision decision,
        @Nullable String rule,
        @Nullable String reason,
        @Nullable String about,
        @Nullable UUID recordId,
        @Nullable Instant decidedAt) {}
