package dev.ronde.check;

import dev.ronde.catalogue.Outcome;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which runs. Null does not restrict.
 *
 * @param answeredBy owner or backup owner of the asset, for those who see only what is theirs
 */
public record RunFilter(
        @Nullable UUID asset,
        @Nullable String check,
        @Nullable Outcome outcome,
        @Nullable UUID answeredBy) {
    public @Nullable String outcomeCode() {
        return outcome == null ? null : outcome.code();
    }

    /**
     * A stretch of time and where in it to begin.
     *
     * @param from runs that ended at this instant or later
     * @param after of those that ended at {@code from} only the ones with a greater id
     * @param to and before this instant
     */
    public record Stretch(Instant from, UUID after, Instant to) {}
}
