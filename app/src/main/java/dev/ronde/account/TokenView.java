package dev.ronde.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token as API and pages show it.
 *
 * @param assets refs of the assets an agent may push for; none means every asset
 * @param token the secret, in the answer that made it and nowhere else
 * @param state live, expired, revoked, or unbacked where its maker has lost the role it needs
 */
public record TokenView(
        UUID id,
        String name,
        String role,
        List<String> assets,
        String hint,
        String state,
        String createdBy,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String token) {
    static TokenView of(ApiToken token, List<String> assets, Instant now, Duration most, @Nullable String secret) {
        String state = token.revokedAt() != null
                ? "revoked"
                : token.isLive(now, most) ? "live" : token.backed() ? "expired" : "unbacked";
        return new TokenView(
                token.id(),
                token.name(),
                token.role().word(),
                assets,
                token.hint(),
                state,
                token.createdBy(),
                token.createdAt(),
                token.endsAt(most),
                token.lastUsedAt(),
                token.revokedAt(),
                secret);
    }

    public boolean live() {
        return state.equals("live");
    }
}
