package dev.ronde.review.planning;

import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.DocumentException;
import dev.ronde.platform.document.Fault;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.json.JsonFault;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.plan.PlanDefinition;
import dev.ronde.review.plan.PlanReader;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One plan in the body of a request, as JSON or YAML; what the API answers may be sent back as it is. */
record PlanBody(PlanReader reader) {
    /** Fields of the resource that a client may send back, without effect. */
    private static final List<String> READ_ONLY = List.of(
            "version",
            "assets",
            "held",
            "announced_at",
            "retired_at",
            "retire_reason",
            "next_dates",
            "warnings",
            "created_at",
            "updated_at",
            "effect");

    static boolean absent(String text) {
        return text.isBlank() || text.strip().equals("{}");
    }

    /**
     * The plan of the body.
     *
     * @param type media type of the body; null where none was sent
     * @param id from the address, for a body that names none; null where the body must name it
     * @throws Problem 400 for broken JSON or YAML, 415 for another type, 422 for everything that is wrong with the plan
     */
    PlanDefinition read(@Nullable String type, String text, @Nullable String id) {
        if (text.isBlank()) {
            throw Problem.badRequest("empty", "Send one plan as JSON or YAML.");
        }
        PlanReader.Result result = reader.read(isJson(type, text) ? json(text, id) : yaml(text));
        List<PlanDefinition> plans = sound(result);
        if (plans.size() != 1) {
            throw Problem.invalid("/plans", "one_plan", "Send one plan a request.");
        }
        PlanDefinition plan = plans.get(0);
        if (id != null && !plan.id().equals(id)) {
            throw Problem.invalid(
                    "/id", "other_id", "The plan's id is '" + plan.id() + "', the address says '" + id + "'.");
        }
        return plan;
    }

    List<PlanDefinition> readAll(String text) {
        JsonNode body = tree(text);
        for (JsonNode plan : body.path("plans")) {
            if (plan instanceof ObjectNode fields) {
                fields.remove(READ_ONLY);
            }
        }
        return sound(reader.file(Node.of(body)));
    }

    private static List<PlanDefinition> sound(PlanReader.Result result) {
        if (!result.faults().isEmpty()) {
            throw Problem.invalid(result.faults().stream().map(Fault::error).toList());
        }
        return result.plans();
    }

    /** YAML sent under a JSON media type, as some clients do, is still read. */
    private static boolean isJson(@Nullable String given, String text) {
        String type = given == null ? "" : given.toLowerCase(Locale.ROOT);
        if (!type.isBlank() && !type.contains("json") && !type.contains("yaml")) {
            throw Problem.of(
                    415,
                    "unsupported_media_type",
                    "The body is " + type + ": send application/json or application/yaml.");
        }
        return !type.contains("yaml") && text.strip().startsWith("{");
    }

    private static Node json(String text, @Nullable String id) {
        if (!(tree(text) instanceof ObjectNode plan)) {
            throw Problem.badRequest("bad_json", "The body is no JSON object. Send the fields of a plan.");
        }
        plan.remove(READ_ONLY);
        if (id != null && !plan.has("id") && !plan.has("plans")) {
            plan.put("id", id);
        }
        return Node.of(plan);
    }

    private static Node yaml(String text) {
        try {
            return Document.read(text);
        } catch (DocumentException e) {
            throw Problem.badRequest(
                    "bad_yaml", "The body is not valid YAML: " + e.fault().sentence());
        }
    }

    private static JsonNode tree(String text) {
        try {
            return Json.tree(text);
        } catch (JacksonException e) {
            throw Problem.badRequest("bad_json", "The body is not valid JSON: " + JsonFault.of(e) + ".");
        }
    }
}
