package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An approved waiver whose end comes near.
 *
 * @param ownerId owner of the asset, null where nobody is
 * @param requesterId the person who asked for it, null where a token did
 * @param untilOn last day, inclusive, in UTC
 * @param decidedAt when it was approved
 */
public record EndingWaiver(
        UUID id,
        long waiverNumber,
        UUID assetId,
        String asset,
        String assetName,
        @Nullable UUID ownerId,
        String checkId,
        @Nullable UUID requesterId,
        LocalDate untilOn,
        Instant decidedAt,
        long version) {
    public String ref() {
        return Waiver.ref(waiverNumber);
    }
}
