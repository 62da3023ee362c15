package dev.ronde.webhook;

import dev.ronde.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a message says of a record: what happened, to what, when, and where to look. Facts, texts of people and names stay here; whoever
 * hears of it asks the API with rights of their own.
 */
record EventBody(String baseUrl) {
    /** Fields of a record's data that name or rank, and show nothing of a configuration. */
    private static final List<String> TOLD = List.of(
            "asset", "outcome", "severity", "state", "plan", "cause", "scheduled_on", "due_on", "days_late", "until");

    String of(JsonNode record, long index) {
        String kind = record.path("on").path("kind").asString("");
        String id = record.path("on").path("id").asString("");
        JsonNode data = record.path("data");
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("record_id", record.path("id").asString(""));
        told.put("index", index);
        told.put("subject", Map.of("kind", kind, "id", id));
        JsonNode after = data.path("after");
        for (String field : TOLD) {
            JsonNode value = data.has(field) ? data.path(field) : after.path(field);
            if (value.isNumber()) {
                told.put(field, value.asLong());
            } else if (value.isString()) {
                told.put(field, value.asString());
            }
        }
        String check = data.path("check").isObject()
                ? data.path("check").path("id").asString("")
                : data.path("check").asString("");
        if (!check.isEmpty()) {
            told.put("check", check);
        }
        page(kind, id).ifPresent(page -> told.put("url", baseUrl + page));
        return message(
                record.path("type").asString(""), record.path("occurredAt").asString(""), told);
    }

    /** The shape that Standard Webhooks asks for: type, timestamp, data. */
    static String message(String type, String timestamp, Map<String, Object> data) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put("timestamp", timestamp);
        message.put("data", data);
        return Json.write(message);
    }

    private static Optional<String> page(String kind, String id) {
        return switch (kind) {
            case "asset" -> Optional.of("/assets/" + id);
            case "review" -> Optional.of("/reviews/" + id);
            case "finding" -> Optional.of("/findings/" + id);
            case "plan" -> Optional.of("/plans/" + id);
            case "check" -> Optional.of("/checks/" + id);
            default -> Optional.empty();
        };
    }
}
