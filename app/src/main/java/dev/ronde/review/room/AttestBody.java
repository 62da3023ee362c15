package dev.ronde.review.room;

import dev.ronde.platform.problem.Problem;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.AttestRequest.Answer;
import dev.ronde.review.answer.AttestRequest.WaiverRequest;
import dev.ronde.review.answer.CommandForm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The body of an attestation over the API. Answers are an object from the path of the change or the id of the checklist
 * item to a word, or to {@code {"answer", "evidence"}}; a list of {@code {"id", "answer", "evidence"}} is read too.
 */
final class AttestBody {

    private static final List<String> KNOWN =
            List.of("outcome", "note", "snapshot_digest", "answers", "waiver", "seen");

    private AttestBody() {}

    static AttestRequest read(JsonNode body) {
        if (!body.isObject()) {
            throw Problem.badRequest("bad_json", "Send a JSON object with an outcome.");
        }
        for (String name : body.propertyNames()) {
            if (!KNOWN.contains(name)) {
                throw Problem.invalid(
                        "/" + name,
                        Problem.UNKNOWN_FIELD,
                        "The field " + name + " is unknown. Known: " + String.join(", ", KNOWN) + ".");
            }
        }
        return new AttestRequest(
                        text(body, "outcome", ""),
                        text(body, "note", ""),
                        text(body, "snapshot_digest", ""),
                        answers(body.get("answers")),
                        waiver(body.get("waiver")),
                        null)
                .seeing(text(body, "seen", ""));
    }

    private static Map<String, Answer> answers(@Nullable JsonNode node) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        if (node == null || node.isNull()) {
            return answers;
        }
        if (node.isObject()) {
            node.properties().forEach(entry -> answers.put(entry.getKey(), answer(entry.getKey(), entry.getValue())));
        } else if (node.isArray()) {
            for (JsonNode item : node) {
                String id = item.isObject() ? text(item, "id", "/answers") : null;
                if (id == null) {
                    throw notAnswers();
                }
                answers.put(id, answer(id, item));
            }
        } else {
            throw notAnswers();
        }
        return answers;
    }

    private static Answer answer(String id, JsonNode node) {
        if (node.isString()) {
            return new Answer(node.asString(), null);
        }
        if (node.isBoolean()) {
            return new Answer(node.asBoolean() ? "yes" : "no", null);
        }
        String answer = node.isObject() ? text(node, "answer", "/answers/" + id) : null;
        if (answer == null) {
            throw Problem.invalid("/answers/" + id, "bad_answer", "Write the answer as a word, or as {\"answer\": …}.");
        }
        return new Answer(answer, text(node, "evidence", "/answers/" + id));
    }

    private static Problem notAnswers() {
        return Problem.invalid(
                "/answers", "bad_value", "Write answers as an object: {\"<change or question>\": \"<answer>\"}.");
    }

    private static @Nullable WaiverRequest waiver(@Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isObject()) {
            throw Problem.invalid(
                    "/waiver", "bad_value", "Write the waiver as {\"reason\": …, \"until\": \"2026-12-31\"}.");
        }
        return new WaiverRequest(
                text(node, "reason", "/waiver"), CommandForm.day("/waiver/until", text(node, "until", "/waiver")));
    }

    private static @Nullable String text(JsonNode node, String name, String pointer) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw Problem.invalid(pointer + "/" + name, "bad_value", name + " must be a text.");
        }
        return value.asString();
    }
}
