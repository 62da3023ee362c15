package dev.ronde.reply;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A code somebody was asked for before their link may act.
 *
 * @param action the word of the one {@link dev.ronde.review.answer.Verb} it confirms
 * @param formSha256 what exactly was to be done: hex digest of the form without its nonce
 */
public record Challenge(
        UUID id,
        long grantId,
        String action,
        String formSha256,
        int tries,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant usedAt) {

    boolean live(Instant now) {
        return usedAt == null && now.isBefore(expiresAt);
    }
}
