package dev.ronde.check;

import dev.ronde.control.Outcome;
import dev.ronde.control.Severity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known now of one check on one asset.
 *
 * @param runId newest run, null while it never ran; the outcome is {@code unknown} with reason {@code never-run} then
 * @param dueAt occurrence of the newest run
 * @param freshUntil instant from which the newest result no longer counts
 * @param lastPassAt end of the newest passing run
 * @param lastFailAt end of the newest failing run
 */
public record CheckState(
        UUID assetId,
        String checkId,
        @Nullable UUID runId,
        Outcome outcome,
        @Nullable String reason,
        Severity severity,
        @Nullable Instant dueAt,
        @Nullable Instant finishedAt,
        @Nullable Instant freshUntil,
        @Nullable Instant lastPassAt,
        @Nullable Instant lastFailAt) {
    /** Reason of a check that never ran. */
    public static final String NEVER_RUN = "never-run";

    /** Returns whether the result no longer counts at {@code now}; a check that never ran is not stale but unknown. */
    public boolean staleAt(Instant now) {
        return freshUntil != null && !now.isBefore(freshUntil);
    }
}
