package dev.ronde.mail.handle;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may do something by link, and until when. What is asked for is chosen on the page, never in the handle.
 *
 * @param purpose the letter of a {@link HandlePurpose}
 * @param subjectId what it opens: a review, a digest mail, an attestation or, for muting, the person
 * @param generation 1 for the first; a revoked grant is followed by the next generation with another handle
 */
public record Grant(
        long id,
        String purpose,
        UUID subjectId,
        UUID personId,
        int generation,
        int kid,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable String revokeReason,
        int getCount,
        @Nullable Instant firstGetAt,
        @Nullable Instant lastPostAt) {

    public boolean live(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
