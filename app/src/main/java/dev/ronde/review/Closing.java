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

    /** Neither cancelled nor missed. */
    public static final Closing NONE = new Closing(null, null, null, null, null, null);
}
