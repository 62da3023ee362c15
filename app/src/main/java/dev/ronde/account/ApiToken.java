package dev.ronde.account;

import dev.ronde.platform.http.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token for programs. The secret itself is shown once, when the token is made.
 *
 * @param hint last four characters of the secret, to tell tokens apart
 * @param actorRef how evidence names the token: {@code t:} and 16 hex digits
 */
public record ApiToken(
        UUID id,
        String name,
        String hint,
        String actorRef,
        Role role,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        long version) {
    boolean isLive(Instant now) {
        return revokedAt == null && now.isBefore(expiresAt);
    }
}
