package dev.ronde.review;

import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person's statement. All null until there is one, and again after a withdrawal (the record of it stays).
 *
 * @param attestedAt when the person said it; for a mail, when it arrived
 * @param recordedAt when it was stored
 * @param performedOn the day in the review's zone
 * @param performedBy reference of the person or token in evidence
 * @param snapshotDigest the configuration that was looked at; null where the asset has none
 * @param changes JSON list of the changes that were shown
 * @param checks JSON list of the states of the checks at that time
 * @param answers JSON object of the answers given
 */
public record Attestation(
        @Nullable Instant attestedAt,
        @Nullable Instant recordedAt,
        @Nullable LocalDate performedOn,
        @Nullable String performedBy,
        @Nullable String performedByName,
        @Nullable String channel,
        @Nullable String assurance,
        @Nullable String outcome,
        @Nullable String note,
        @Nullable String snapshotDigest,
        @Nullable String changes,
        @Nullable String checks,
        @Nullable String answers,
        @Nullable String waiverReason,
        @Nullable LocalDate waiverUntil) {

    public static final Attestation NONE =
            new Attestation(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public Optional<Integer> changeCount() {
        return Optional.ofNullable(changes).map(list -> Json.tree(list).size());
    }
}
