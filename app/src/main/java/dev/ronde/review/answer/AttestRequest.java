package dev.ronde.review.answer;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param seen the results that were looked at, see {@link Situation#seen}; null takes those there are now
 * @param signature names the one act by which several were signed together; null where this one was signed by itself
 */
public record AttestRequest(
        @Nullable String outcome,
        @Nullable String note,
        @Nullable String snapshotDigest,
        Map<String, Answer> answers,
        @Nullable WaiverRequest waiver,
        @Nullable Instant performedAt,
        @Nullable String signature,
        @Nullable String seen) {

    public AttestRequest {
        answers = Map.copyOf(answers);
    }

    public AttestRequest(
            @Nullable String outcome,
            @Nullable String note,
            @Nullable String snapshotDigest,
            Map<String, Answer> answers,
            @Nullable WaiverRequest waiver,
            @Nullable Instant performedAt) {
        this(outcome, note, snapshotDigest, answers, waiver, performedAt, null, null);
    }

    public AttestRequest seeing(@Nullable String results) {
        return new AttestRequest(outcome, note, snapshotDigest, answers, waiver, performedAt, signature, results);
    }

    public static AttestRequest of(@Nullable String outcome, @Nullable String note, @Nullable String snapshotDigest) {
        return new AttestRequest(outcome, note, snapshotDigest, Map.of(), null, null);
    }

    /**
     * One answer, as a word or as {@code {"answer", "evidence"}}.
     *
     * @param answer {@code accept} or {@code problem} for a change; {@code yes}, {@code no} or text for an item
     * @param evidence a reference for items that ask for one
     */
    public record Answer(String answer, @Nullable String evidence) {
        @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
        public Answer(
                @JsonProperty("answer") @Nullable String answer, @JsonProperty("evidence") @Nullable String evidence) {
            this.answer = answer == null ? "" : answer;
            this.evidence = evidence;
        }

        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        static Answer of(String word) {
            return new Answer(word, null);
        }
    }

    public record WaiverRequest(
            @Nullable String reason, @Nullable LocalDate until) {}
}
