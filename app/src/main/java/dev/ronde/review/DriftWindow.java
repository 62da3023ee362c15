package dev.ronde.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a drift while its review is open, and the time it lasted once the configuration came back after it had been wider or
 * weaker. All null in every other review.
 *
 * @param driftTo null while it differs, and where it was neither wider nor weaker
 * @param driftDigest the configuration at its widest
 * @param driftWorse how many settings were wider or weaker then
 */
public record DriftWindow(
        @Nullable Instant driftFrom,
        @Nullable Instant driftTo,
        @Nullable String driftDigest,
        @Nullable Integer driftWorse) {

    public static final DriftWindow NONE = new DriftWindow(null, null, null, null);

    public boolean over() {
        return driftTo != null;
    }

    public boolean worse() {
        return driftWorse != null && driftWorse > 0;
    }

    /** The same once it was seen to differ by so many wider or weaker settings; the first time it began then. */
    public DriftWindow differing(Instant since, String digest, int worse) {
        Instant from = driftFrom == null ? since : driftFrom;
        return driftWorse == null || worse > driftWorse
                ? new DriftWindow(from, null, digest, worse)
                : new DriftWindow(from, null, driftDigest, driftWorse);
    }

    public DriftWindow ended(Instant to) {
        return new DriftWindow(driftFrom, to, driftDigest, driftWorse);
    }
}
