package dev.ronde.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as API and pages show it.
 *
 * @param token the secret, in the answer that made it and nowhere else
 * @param state live, expired or revoked
 */
public record TokenView(
        UUID id,
        String name,
        String role,
        String hint,
        String state,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {
    static TokenView of(ApiToken token, Instant now, @Nullable String secret) {
        String state = token.revokedAt() != null ? "revoked" : token.isLive(now) ? "live" : "expired";
        return new TokenView(
                token.id(),
                token.name(),
                token.role().word(),
                token.hint(),
                state,
                token.createdBy(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                token.revokedAt(),
                secret);
    }

    /** Whether it works now. */
    public boolean live() {
        return state.equals("live");
    }
}
