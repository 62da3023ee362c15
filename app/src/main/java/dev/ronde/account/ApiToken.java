package dev.ronde.account;

import dev.ronde.platform.http.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A token for programs. The secret itself is shown once, when the token is made.
 *
 * @param hint last four characters of the secret, to tell tokens apart
 * @param actorRef how evidence names the token: {@code t:} and 16 hex digits
 * @param createdBy who made it: a person, the command line, or another token
 * @param behind who made the first token of that chain
 * @param unowned whether no person is behind it
 * @param makerRole the role that person has now; null where they have none or have left
 */
public record ApiToken(
        UUID id,
        String name,
        String hint,
        String actorRef,
        Role role,
        String createdBy,
        String behind,
        boolean unowned,
        @Nullable Role makerRole,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt,
        long version) {
    /** @param most how long any token works, also one that was made for longer before */
    boolean isLive(Instant now, Duration most) {
        return revokedAt == null && now.isBefore(endsAt(most)) && backed();
    }

    Instant endsAt(Duration most) {
        Instant latest = createdAt.plus(most);
        return expiresAt.isBefore(latest) ? expiresAt : latest;
    }

    boolean backed() {
        return unowned || (makerRole != null && makerRole.covers(role));
    }
}
