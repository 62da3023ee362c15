package dev.ronde.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a review was made of when it opened, or when it was missed without ever opening; later edits of the plan do not change it. All null
 * before.
 *
 * @param openedAt null as well where it was missed without ever opening
 * @param checklist JSON list of the plan's items
 * @param baselineDigest configuration of the asset's last attestation, when it opened or, once it is attested, when that was done; null when
 *     there was none
 */
public record Opening(
        @Nullable Instant openedAt,
        @Nullable String title,
        @Nullable String instructions,
        @Nullable String checklist,
        @Nullable String baselineDigest) {

    public static final Opening NONE = new Opening(null, null, null, null, null);

    boolean made() {
        return openedAt != null || title != null;
    }

    Opening against(@Nullable String baseline) {
        return new Opening(openedAt, title, instructions, checklist, baseline);
    }
}
