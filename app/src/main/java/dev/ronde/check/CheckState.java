package dev.ronde.check;

import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known now of one check on one asset.
 *
 * @param runId newest run, null while it never ran; the outcome is {@code unknown} with reason {@code never-run} then
 * @param dueAt occurrence of the newest run
 * @param freshUntil instant from which the newest result no longer counts
 * @param lastPassAt when what the newest passing run judged was so, see {@link #observedAt}
 * @param lastFailAt the same of the newest failing run
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
    public static final String NEVER_RUN = "never-run";

    /** Reason where the target refused or was silent, and nothing has ever answered there. */
    public static final String TARGET_NEVER_SEEN = "target-never-seen";

    /** Reason of a check on an asset that is retired, on which nothing runs any more. */
    public static final String RETIRED = "retired";

    public static final String DEFINITION_INVALID = "definition-invalid";

    /**
     * Returns when what a new result says was so, never before what was known already. A run that looked itself says it of its end. One
     * that read a snapshot says it of when that configuration was last seen: judging it again makes it no newer. Where the verdict is
     * another one although nothing newer was seen, the check, its parameters or the time of day made it so, and it is known since the run.
     *
     * @param passed whether the new result is a pass, else it is a failure
     * @param seenAt when its snapshot was last seen, null where it read none; later than the run where the source's clock is ahead
     */
    public Instant observedAt(boolean passed, Instant finishedAt, @Nullable Instant seenAt) {
        if (seenAt == null || seenAt.isAfter(finishedAt)) {
            return finishedAt;
        }
        Instant same = passed ? lastPassAt : lastFailAt;
        Instant other = passed ? lastFailAt : lastPassAt;
        if (other != null && (same == null || other.isAfter(same))) {
            return seenAt.isAfter(other) ? seenAt : finishedAt;
        }
        return same != null && same.isAfter(seenAt) ? same : seenAt;
    }

    /**
     * Returns by when it has to be looked at again, whatever speaks for leaving its target alone: when half of the time is over for which
     * the newest result counts, so that it is never a pause that lets it go stale; at once where there is none.
     */
    public Instant lookAgainBy() {
        return finishedAt == null || freshUntil == null
                ? Instant.MIN
                : finishedAt.plus(Duration.between(finishedAt, freshUntil).dividedBy(2));
    }

    /** Returns whether the result no longer counts at {@code now}; a check that never ran is not stale but unknown. */
    public boolean staleAt(Instant now) {
        return freshUntil != null && !now.isBefore(freshUntil);
    }
}
