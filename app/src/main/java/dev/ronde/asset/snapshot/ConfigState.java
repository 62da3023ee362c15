package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The configuration of an asset over all its sources: what an attestation names.
 *
 * @param id names this one time in the state: a configuration may come back to what it was before
 * @param digest the digest of the only snapshot, or {@code sha256:} over the sorted lines {@code source=digest} of several
 * @param canonVersion the highest canonical version among the sources
 * @param sources digest by source, sorted
 * @param collectedAt when its newest snapshot was collected
 * @param recordedAt since when the asset is in this state
 */
public record ConfigState(
        UUID id,
        UUID assetId,
        String digest,
        int canonVersion,
        Map<String, String> sources,
        Instant collectedAt,
        Instant recordedAt) {}
