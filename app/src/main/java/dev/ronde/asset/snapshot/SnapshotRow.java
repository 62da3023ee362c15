package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.UUID;

/** A {@link Snapshot} without its content, which may have megabytes. */
public record SnapshotRow(
        UUID id,
        UUID assetId,
        String source,
        String digest,
        int canonVersion,
        Instant collectedAt,
        Instant receivedAt,
        Instant lastSeenAt) {}
