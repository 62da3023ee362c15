package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a source said about an asset and nobody could read, from its first refused document to the next accepted one. Nothing of the
 * document is kept.
 *
 * @param times documents that were refused in a row
 * @param lookedAt when the source looked for the newest of them, at the latest
 * @param collectedAt the same by its own word; null where the push named no time
 * @param actorRef who pushed the newest, as evidence names them
 * @param code why the newest was refused, a code of {@link Unreadable}
 * @param place JSON Pointer of the first place that was wrong, in the words of the source; null where it is the whole
 * @param endedAt when something newer was accepted; null while nothing was
 * @param pushSequence the highest sequence number among them; null where none named one
 */
public record Refusal(
        UUID id,
        UUID assetId,
        String source,
        Instant firstAt,
        Instant lastAt,
        int times,
        Instant lookedAt,
        @Nullable Instant collectedAt,
        String actorRef,
        String code,
        @Nullable String place,
        @Nullable Instant endedAt,
        @Nullable Long pushSequence) {
    /** When the refused configuration was collected, or when it was last refused if that is unknown. */
    public Instant at() {
        return collectedAt == null ? lastAt : collectedAt;
    }

    public String reason() {
        return Unreadable.ofCode(code).words() + (place == null ? "" : " (" + place + ")");
    }
}
