package dev.ronde.finding;

import dev.ronde.catalogue.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A failure of one check on one asset.
 *
 * @param summary what failed, from the messages of the check
 * @param fingerprint identity of the failing facts; a waiver holds for one
 * @param runId newest failing run
 * @param firstBadAt when what the first failing run judged was so: the end of the run or, where it read a snapshot, when that
 *     configuration was last seen; the same holds for the other instants that come from runs
 * @param lastGoodAt of the last passing run before it, null where none ever passed
 * @param lastBadAt of the newest failing run
 * @param detectedAt when it was recorded, never before what was seen
 * @param notifiedAt when the owner's mail was accepted
 * @param acknowledgedAt when somebody said they received it
 * @param acknowledgedBy who did, as evidence names them
 * @param fixedAt of the first passing run after it, null while it is open
 * @param recordId its {@code finding.opened} record
 */
public record Finding(
        UUID id,
        UUID assetId,
        String checkId,
        Severity severity,
        String summary,
        String fingerprint,
        UUID runId,
        Instant firstBadAt,
        @Nullable Instant lastGoodAt,
        Instant lastBadAt,
        Instant detectedAt,
        @Nullable Instant notifiedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable Instant fixedAt,
        UUID recordId,
        long version) {
    /** Returns whether no run has passed since. */
    public boolean isOpen() {
        return fixedAt == null;
    }

    /** Returns how long the asset was exposed, as far as it can be known at {@code now}. */
    public Exposure exposure(Instant now) {
        Instant end = fixedAt == null ? now : fixedAt;
        return new Exposure(
                Duration.between(firstBadAt, lastBadAt), lastGoodAt == null ? null : Duration.between(lastGoodAt, end));
    }

    public String severityCode() {
        return severity.code();
    }

    /** What the database keeps unique while a finding is open. */
    public String openKey() {
        return openKey(assetId, checkId);
    }

    static String openKey(UUID assetId, String checkId) {
        return assetId + ":" + checkId;
    }
}
