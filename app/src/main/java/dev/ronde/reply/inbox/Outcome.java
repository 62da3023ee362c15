package dev.ronde.reply.inbox;

import dev.ronde.mail.inbox.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What came of a message.
 *
 * @param rule the rule that decided
 * @param reason in words, where there is more to say
 * @param about the ref of the review
 */
record Outcome(
        Decision decision,
        String rule,
        @Nullable String reason,
        @Nullable String about) {

    static Outcome of(Decision decision, String rule) {
        return new Outcome(decision, rule, null, null);
    }

    static Outcome of(Decision decision, String rule, @Nullable String reason) {
        return new Outcome(decision, rule, reason, null);
    }

    Outcome on(String ref) {
        return new Outcome(decision, rule, reason, ref);
    }
}
