package dev.ronde.mail.health;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an address.
 *
 * @param score hard failures count 2, soft ones 1, each once a day at most; after 30 days without one it is forgotten
 * @param firstHardAt when the present trouble began
 * @param nextProbeAt when an unreachable address is tried again
 * @param note what was reported last
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

    /** Whether mail may be sent there now. */
    public boolean mayTry(Instant now) {
        return state != HealthState.UNREACHABLE || nextProbeAt == null || !now.isBefore(nextProbeAt);
    }
}
