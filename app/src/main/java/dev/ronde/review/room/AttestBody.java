package dev.ronde.review.room;

import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Fields;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.document.Reason;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.AttestRequest.Answer;
import dev.ronde.review.answer.AttestRequest.WaiverRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The body of an attestation over the API. Answers are an object from the path of the change or the id of the checklist
 * item to a word, or to {@code {"answer", "evidence"}}; a list of {@code {"id", "answer", "evidence"}} is read too.
 */
final class AttestBody {
    private AttestBody() {}

    static AttestRequest read(JsonNode body) {
        if (!body.isObject()) {
            throw Problem.badRequest("bad_json", "Send a JSON object with an outcome.");
        }
        List<Fault> faults = new ArrayList<>();
        Optional<AttestRequest> request = Fields.over(
                        Node.of(body).filled(),
                        "",
                        faults,
                        "outcome",
                        "note",
                        "snapshot_digest",
                        "answers",
                        "waiver",
                        "seen")
                .map(AttestBody::request);
        if (!faults.isEmpty()) {
            throw Problem.invalid(faults.stream().map(Fault::error).toList());
        }
        return request.orElseThrow();
    }

    private static AttestRequest request(Fields fields) {
        Optional<WaiverRequest> waiver = fields.child("waiver", "reason", "until")
                .map(child -> new WaiverRequest(
                        child.text("reason").orElse(null), child.date("until").orElse(null)));
        return new AttestRequest(
                        fields.text("outcome").orElse(null),
                        fields.text("note").orElse(null),
                        fields.text("snapshot_digest").orElse(null),
                        answers(fields),
                        waiver.orElse(null),
                        null)
                .seeing(fields.text("seen").orElse(null));
    }

    private static Map<String, Answer> answers(Fields fields) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        if (fields.node("answers").orElse(null) instanceof Node.Sequence) {
            fields.children("answers").forEach(item -> answers.put(item.requiredText("id"), answer(item)));
            return answers;
        }
        fields.child("answers")
                .ifPresent(all -> all.all()
                        .forEach((id, node) -> answer(all, id, node).ifPresent(answer -> answers.put(id, answer))));
        return answers;
    }

    private static Optional<Answer> answer(Fields all, String id, Node node) {
        if (node instanceof Node.Mapping) {
            return all.child(id, node).map(AttestBody::answer);
        }
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Scalar.Kind.TEXT) {
            return Optional.of(new Answer(scalar.text(), null));
        }
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Scalar.Kind.TRUTH) {
            return Optional.of(new Answer(scalar.text().equals("true") ? "yes" : "no", null));
        }
        String english = "write the answer as a word, or as {\"answer\": …}";
        all.fault(id, "bad_answer", Reason.of("bad_answer", english));
        return Optional.empty();
    }

    private static Answer answer(Fields fields) {
        return new Answer(fields.requiredText("answer"), fields.text("evidence").orElse(null));
    }
}
