package dev.ronde.finding;

import dev.ronde.catalogue.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finding as the API shows it.
 *
 * @param waived whether the present failure is accepted by an active waiver
 * @param acknowledgedBy name of whoever said they received it
 */
public record FindingJson(
        UUID id,
        String asset,
        String assetName,
        String check,
        Severity severity,
        String state,
        boolean waived,
        String summary,
        Instant firstBadAt,
        @Nullable Instant lastGoodAt,
        Instant lastBadAt,
        Instant detectedAt,
        @Nullable Instant notifiedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable Instant fixedAt,
        ExposureJson exposure,
        String fingerprint,
        UUID run) {
    /** Both ends of the window of exposure in seconds; the upper end is null where no run passed before. */
    public record ExposureJson(long minSeconds, @Nullable Long maxSeconds) {
        static ExposureJson of(Exposure exposure) {
            Duration longest = exposure.longest();
            return new ExposureJson(exposure.shortest().toSeconds(), longest == null ? null : longest.toSeconds());
        }
    }

    static FindingJson of(
            Finding finding,
            String assetRef,
            String assetName,
            boolean waived,
            String summary,
            @Nullable String acknowledgedBy,
            Instant now) {
        return new FindingJson(
                finding.id(),
                assetRef,
                assetName,
                finding.checkId(),
                finding.severity(),
                finding.isOpen() ? "open" : "fixed",
                waived,
                summary,
                finding.firstBadAt(),
                finding.lastGoodAt(),
                finding.lastBadAt(),
                finding.detectedAt(),
                finding.notifiedAt(),
                finding.acknowledgedAt(),
                acknowledgedBy,
                finding.fixedAt(),
                ExposureJson.of(finding.exposure(now)),
                finding.fingerprint(),
                finding.runId());
    }
}
