package dev.ronde.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a review ended without an attestation, and what the lead made of it. */
public record Closing(
        @Nullable Instant missedAt,
        @Nullable String missedCause,
        @Nullable String missedAction,
        @Nullable String recovery,
        @Nullable Instant cancelledAt,
        @Nullable String cancelReason) {

    public static final Closing NONE = new Closing(null, null, null, null, null, null);

    Closing missed(Instant at) {
        return new Closing(at, missedCause, missedAction, recovery, cancelledAt, cancelReason);
    }

    Closing recovered(String cause, String action, String way) {
        return new Closing(missedAt, cause, action, way, cancelledAt, cancelReason);
    }

    Closing cancelled(Instant at, String reason) {
        return new Closing(missedAt, missedCause, missedAction, recovery, at, reason);
    }
}
