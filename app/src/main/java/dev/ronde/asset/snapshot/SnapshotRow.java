package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A {@link Snapshot} without its content, which may have megabytes. */
public record SnapshotRow(
        UUID id,
        UUID assetId,
        String source,
        String digest,
        int canonVersion,
        Instant collectedAt,
        Instant receivedAt,
        Instant lastSeenAt) {
    Snapshot with(JsonNode content) {
        return new Snapshot(id, assetId, source, digest, canonVersion, collectedAt, receivedAt, lastSeenAt, content);
    }
}
