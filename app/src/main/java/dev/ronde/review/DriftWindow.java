package dev.ronde.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time in which a configuration was another than the attested one, of a drift review whose configuration came back after it had been
 * wider or weaker. All null before that, and in every other review.
 *
 * @param driftDigest the configuration at its widest
 */
public record DriftWindow(
        @Nullable Instant driftFrom,
        @Nullable Instant driftTo,
        @Nullable String driftDigest) {

    /** Nothing came back. */
    public static final DriftWindow NONE = new DriftWindow(null, null, null);

    /** Whether it is known: the configuration came back. */
    public boolean over() {
        return driftTo != null;
    }
}
