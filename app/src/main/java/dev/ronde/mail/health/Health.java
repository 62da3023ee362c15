package dev.ronde.mail.health;

import dev.ronde.platform.text.Cut;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an address.
 *
 * @param score hard failures count 2, soft ones 1, each once a day at most; after 30 days without one it is forgotten
 */
public record Health(
        String address,
        @Nullable UUID personId,
        HealthState state,
        int score,
        @Nullable Instant firstHardAt,
        @Nullable Instant lastHardAt,
        @Nullable Instant lastSoftAt,
        @Nullable Instant lastOkAt,
        @Nullable Instant nextProbeAt,
        @Nullable String note,
        long version) {
    private static final int NOTE = 500;

    Health hard(@Nullable UUID person, String why, Instant now) {
        return new Health(
                address,
                person,
                state,
                score,
                firstHardAt,
                now,
                lastSoftAt,
                lastOkAt,
                nextProbeAt,
                Cut.to(why, NOTE),
                version);
    }

    Health soft(@Nullable UUID person, String why, Instant now) {
        return new Health(
                address,
                person,
                state,
                score,
                firstHardAt,
                lastHardAt,
                now,
                lastOkAt,
                nextProbeAt,
                Cut.to(why, NOTE),
                version);
    }

    Health judged(HealthState next, int points, @Nullable Instant began, @Nullable Instant probeAt) {
        return new Health(
                address, personId, next, points, began, lastHardAt, lastSoftAt, lastOkAt, probeAt, note, version);
    }

    Health cleared(Instant now) {
        return new Health(address, personId, HealthState.OK, 0, null, null, null, now, null, null, version);
    }

    public boolean mayTry(Instant now) {
        return state != HealthState.UNREACHABLE || nextProbeAt == null || !now.isBefore(nextProbeAt);
    }
}
