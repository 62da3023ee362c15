package dev.ronde.check;

import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One execution of a check on an asset. What was seen and judged stands in the evidence record.
 *
 * @param reason reason code of an error, unknown or not applicable outcome, null for pass and fail
 * @param severity worst severity of what failed; the check's own otherwise
 * @param incomplete whether it failed although a part could not be evaluated
 * @param dueAt the occurrence it belongs to, unique per asset and check
 * @param freshUntil instant from which the result no longer counts
 * @param fingerprint identity of a failure, null unless it failed
 * @param recordId its {@code check.result} record
 */
public record CheckRun(
        UUID id,
        UUID assetId,
        String checkId,
        int checkVersion,
        String checkSha256,
        Outcome outcome,
        @Nullable String reason,
        Severity severity,
        boolean incomplete,
        Instant dueAt,
        Instant startedAt,
        Instant finishedAt,
        Instant freshUntil,
        @Nullable String fingerprint,
        UUID recordId) {
    public boolean staleAt(Instant now) {
        return !now.isBefore(freshUntil);
    }
}
