package dev.ronde.review.answer;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import dev.ronde.review.Review;
import dev.ronde.review.answer.AttestRequest.Answer;
import dev.ronde.review.answer.AttestRequest.WaiverRequest;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, or of an answer by mail, that asks for something.
 *
 * @param review as its reader saw it: the day and the problem it shows are what a lead decides on
 */
public record CommandForm(Review review, Map<String, String> fields) {
    private static final String ANSWER = "answer.";

    public CommandForm {
        fields = Map.copyOf(fields);
    }

    @Nullable
    String text(String field) {
        return fields.get(field);
    }

    @Nullable
    LocalDate day(String field) {
        return day("/" + field, fields.get(field));
    }

    private static @Nullable LocalDate day(String pointer, @Nullable String text) {
        LocalDate day = IsoDates.dateIn(text);
        if (day == null && text != null && !text.isBlank()) {
            throw Problem.invalid(pointer, "bad_value", "Write the date as in 2026-12-31.");
        }
        return day;
    }

    ReviewAct attest() {
        Map<String, Answer> answers = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith(ANSWER)) {
                String id = name.substring(ANSWER.length());
                answers.put(id, new Answer(value.strip(), fields.get("evidence." + id)));
            }
        });
        String reason = fields.get("waiver_reason");
        String until = fields.get("waiver_until");
        WaiverRequest waiver =
                reason == null && until == null ? null : new WaiverRequest(reason, day("/waiver/until", until));
        AttestRequest request = new AttestRequest(
                fields.get("outcome"), fields.get("note"), fields.get("snapshot_digest"), answers, waiver, null);
        return new ReviewAct.Attest(request.seeing(fields.get("seen")));
    }

    /** The page behind a link takes the words as its note too. */
    ReviewAct reportProblem() {
        String words = text("text");
        return new ReviewAct.ReportProblem(words == null ? text("note") : words);
    }

    ReviewAct refuseTime() {
        return new ReviewAct.RefuseTime(review.handling().timeAskedUntil(), text("reason"));
    }

    ReviewAct decideProblem() {
        return new ReviewAct.DecideProblem(review.handling().problemAt(), text("decision"));
    }

    ReviewAct recordMissed() {
        return new ReviewAct.RecordMissed(text("cause"), text("action"), text("recovery"));
    }
}
