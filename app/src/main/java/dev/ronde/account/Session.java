package dev.ronde.account;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** One browser signed in. Ends after twelve hours without a request, or seven days after the sign-in at the latest. */
record Session(UUID id, UUID personId, Instant createdAt, Instant lastSeenAt, Instant expiresAt) {
    static final Duration IDLE = Duration.ofHours(12);
    static final Duration LONGEST = Duration.ofDays(7);

    Session seen(Instant at) {
        return new Session(id, personId, createdAt, at, expiresAt);
    }

    boolean isLive(Instant now) {
        return now.isBefore(expiresAt) && now.isBefore(lastSeenAt.plus(IDLE));
    }
}
