package dev.ronde.review;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody states when attesting, as it came in; nothing is checked yet.
 *
 * @param outcome {@code no_change}, {@code changed_and_accepted} or {@code not_applicable}
 * @param snapshotDigest the configuration that was looked at
 * @param answers by path of the change or id of the checklist item
 * @param waiver where a required protection is off
 * @param performedAt when the person said it, where that is not now (a mail's arrival)
 */
public record AttestRequest(
        @Nullable String outcome,
        @Nullable String note,
        @Nullable String snapshotDigest,
        Map<String, Answer> answers,
        @Nullable WaiverRequest waiver,
        @Nullable Instant performedAt) {

    /** Copies the answers. */
    public AttestRequest {
        answers = Map.copyOf(answers);
    }

    /** An attestation without answers or waiver, made now. */
    public static AttestRequest of(@Nullable String outcome, @Nullable String note, @Nullable String snapshotDigest) {
        return new AttestRequest(outcome, note, snapshotDigest, Map.of(), null, null);
    }

    /**
     * One answer.
     *
     * @param answer {@code accept} or {@code problem} for a change; {@code yes}, {@code no} or text for an item
     * @param evidence a reference for items that ask for one
     */
    public record Answer(String answer, @Nullable String evidence) {}

    /** Why a required protection may stay off, and until when. */
    public record WaiverRequest(
            @Nullable String reason, @Nullable LocalDate until) {}
}
