package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * What one source said about the configuration of an asset.
 *
 * @param digest {@code sha256:} and the hex of the canonical text
 * @param canonVersion version of the canonical form; digests of different versions are never compared
 * @param collectedAt when the source looked, by its own clock
 * @param lastSeenAt when the same configuration was collected last, its arrival where a push named no time
 * @param content the canonical document
 */
public record Snapshot(
        UUID id,
        UUID assetId,
        String source,
        String digest,
        int canonVersion,
        Instant collectedAt,
        Instant receivedAt,
        Instant lastSeenAt,
        JsonNode content) {
    static Snapshot of(Row row, JsonNode content) {
        return new Snapshot(
                row.id(),
                row.assetId(),
                row.source(),
                row.digest(),
                row.canonVersion(),
                row.collectedAt(),
                row.receivedAt(),
                row.lastSeenAt(),
                content);
    }

    Row row() {
        return new Row(id, assetId, source, digest, canonVersion, collectedAt, receivedAt, lastSeenAt);
    }

    /** A {@link Snapshot} without its content, which may have megabytes. */
    public record Row(
            UUID id,
            UUID assetId,
            String source,
            String digest,
            int canonVersion,
            Instant collectedAt,
            Instant receivedAt,
            Instant lastSeenAt) {}
}
