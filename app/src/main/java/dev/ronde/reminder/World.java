package dev.ronde.reminder;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.coverage.LastingError;
import dev.ronde.finding.waiver.EndingWaiver;
import dev.ronde.finding.waiver.RequestedWaiver;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must be known to say who is to be told what. It is read together, see {@link WorldReader}; nothing is looked up later.
 *
 * @param assets those that somebody else may answer for, by id
 * @param rows what was told about all of them, by subject
 */
record World(
        Directory people,
        List<ReviewFacts> reviews,
        List<Found> findings,
        Waivers waivers,
        List<BlindCheck> blind,
        Map<UUID, Asset> assets,
        Map<UUID, List<NoticeRow>> rows) {

    /**
     * The waivers that somebody must hear of.
     *
     * @param ending in the next 30 days
     * @param over in the last week, while what they cover still fails
     */
    record Waivers(List<EndingWaiver> ending, List<EndingWaiver> over, List<RequestedWaiver> requested) {}

    /** A check that does not see any more, with the owner and the backup owner of its asset. */
    record BlindCheck(
            LastingError error,
            @Nullable UUID ownerId,
            @Nullable UUID backupId) {}

    List<NoticeRow> rows(UUID subjectId) {
        return rows.getOrDefault(subjectId, List.of());
    }

    Asset asset(UUID id) {
        return Objects.requireNonNull(assets.get(id));
    }

    @Nullable
    UUID backup(UUID assetId) {
        Asset asset = assets.get(assetId);
        return asset == null ? null : asset.backupId();
    }
}
