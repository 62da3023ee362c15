package dev.ronde.platform.http;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where nothing is asked for nothing may be sent, {@code {}} excepted: who sent a comment or a reason would believe that it was kept. */
final class NoBody {
    private static final int MAX_BODY = 100_000;
    private static final String ASKED = "Nothing is asked for here: send {} or no body.";

    private NoBody() {}

    /** Answers 400 with a pointer to each field if an operation without a body gets one. */
    static void require(Context context) {
        String text = new String(Requests.bytes(context, MAX_BODY), StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            return;
        }
        JsonNode body = tree(text);
        if (!body.isObject()) {
            throw Problem.badRequest("unexpected_body", ASKED);
        }
        List<FieldError> errors = body.propertyNames().stream()
                .map(name -> new FieldError(
                        "/" + name.replace("~", "~0").replace("/", "~1"),
                        Problem.UNKNOWN_FIELD,
                        "The field " + name + " is unknown. " + ASKED))
                .toList();
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors);
        }
    }

    private static JsonNode tree(String text) {
        try {
            return Json.tree(text);
        } catch (JacksonException e) {
            throw Problem.badRequest("bad_json", "The body is no JSON. " + ASKED);
        }
    }
}
