package dev.ronde.retention;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Evidence that must stay. What is null does not narrow it; without any of asset, person and times it covers everything.
 *
 * @param asset ref of the asset whose records stay
 * @param person reference of the person whose records stay
 * @param from when what stays happened, at the earliest
 * @param until the instant before which it happened
 * @param endsAt when the hold ends by itself; null where somebody must release it
 */
public record Hold(
        UUID id,
        @Nullable String asset,
        @Nullable String person,
        @Nullable Instant from,
        @Nullable Instant until,
        String reason,
        @Nullable Instant endsAt,
        String setBy,
        Instant setAt,
        @Nullable String releasedBy,
        @Nullable Instant releasedAt) {
    /** {@code holds}, {@code ended} or {@code released}. */
    public String stateAt(Instant now) {
        return releasedAt != null ? "released" : endsAt != null && !endsAt.isAfter(now) ? "ended" : "holds";
    }
}
