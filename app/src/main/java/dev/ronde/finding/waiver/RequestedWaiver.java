package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A waiver that somebody asked for and nobody decided on.
 *
 * @param waiverNumber the number of its ref
 * @param asset ref of the asset
 * @param requesterId the person who asked for it, null where a token did
 * @param untilOn last day that is asked for, inclusive, in UTC
 * @param renewals how often the same was approved before
 */
public record RequestedWaiver(
        UUID id,
        long waiverNumber,
        String asset,
        String assetName,
        String checkId,
        String severity,
        @Nullable UUID requesterId,
        LocalDate untilOn,
        Instant requestedAt,
        int renewals,
        long version) {
    public String ref() {
        return Waiver.ref(waiverNumber);
    }

    public boolean needsAdmin() {
        return Waiver.needsAdmin(renewals);
    }
}
