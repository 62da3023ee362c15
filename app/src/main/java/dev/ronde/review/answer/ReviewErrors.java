package dev.ronde.review.answer;

import java.util.Optional;
import java.util.Set;

/** Which sentence of the pages belongs to which refusal. */
public final class ReviewErrors {

    /** What became of a file that somebody sent from the page. */
    public static final Set<String> FILES =
            Set.of("kept", "missing", "file_refused", "too_many_files", "not_open", "too_large", "not_yours");

    private static final Set<String> BY_FIELD = Set.of("required", "bad_value");
    private static final Set<String> FIELDS = Set.of(
            "outcome",
            "text",
            "to",
            "until",
            "reason",
            "cause",
            "action",
            "recovery",
            "note",
            "decision",
            "snapshot_digest");
    private static final Set<String> CODES = Set.of(
            "there_are_changes",
            "what_happened",
            "answer_required",
            "change_is_a_problem",
            "bad_answer",
            "evidence_required",
            "unknown_question",
            "waiver_required",
            "waiver_too_long",
            "to_self",
            "chain_too_long",
            "unknown_person",
            "too_often",
            "asked_too_often",
            "too_long",
            "no_snapshot",
            "configuration_changed",
            "checks_changed",
            "checks_missing",
            "checks_fail",
            "results_changed",
            "review_changed",
            "not_carried",
            "already_attested",
            "missed",
            "cancelled",
            "not_open",
            "not_missed",
            "no_problem",
            "problem_changed",
            "no_time_asked",
            "time_changed",
            "not_unchanged",
            "schedule_moved",
            "not_attested",
            "too_late",
            "not_delegated",
            "not_pending",
            "had_a_part",
            "accept_first",
            "attested_by_another",
            "not_yours",
            "assurance_too_low");

    private ReviewErrors() {}

    /** The key of the sentence for a refusal with this code at this field; empty where the pages have none. */
    public static Optional<String> find(String code, String pointer) {
        String field = pointer.startsWith("/") ? pointer.substring(1) : pointer;
        if (BY_FIELD.contains(code) && FIELDS.contains(field)) {
            return Optional.of("review.error." + code + "." + field);
        }
        return CODES.contains(code) ? Optional.of("review.error." + code) : Optional.empty();
    }

    /** The id of the field on the page of a review. */
    public static String field(String pointer) {
        if (pointer.startsWith("/answers/")) {
            return "answers";
        }
        return switch (pointer) {
            case "/waiver", "/waiver/until", "/waiver/reason" -> "waiver_reason";
            case "/outcome", "/note" -> "outcome";
            default -> "main";
        };
    }
}
