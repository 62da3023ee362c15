package dev.ronde.finding;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which findings. Null does not restrict.
 *
 * @param open true: open ones of active assets; false: fixed ones
 * @param severity spelling of the API
 * @param ownerId owner of the asset
 * @param answeredBy owner or backup owner, for those who see only what is theirs
 */
public record FindingQuery(
        @Nullable Boolean open,
        @Nullable UUID assetId,
        @Nullable String checkId,
        @Nullable String severity,
        @Nullable UUID ownerId,
        @Nullable UUID answeredBy) {}
