package dev.ronde.check.page;

import dev.ronde.check.CheckRun;
import dev.ronde.platform.table.Table;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A run as the API and pages show it.
 *
 * @param details the data of its record
 * @param waived whether what it found is accepted now
 */
record RunJson(CheckRun run, String asset, JsonNode details, boolean waived, Instant now) {
    private static final Table<RunJson> JSON = Table.<RunJson>empty()
            .with("id", shown -> shown.run.id())
            .with("asset", RunJson::asset)
            .with("check", shown -> shown.run.checkId())
            .with("check_version", shown -> shown.run.checkVersion())
            .with("check_sha256", shown -> shown.run.checkSha256())
            .with("outcome", shown -> shown.run.outcome())
            .with("reason", shown -> shown.run.reason())
            .with("detail", shown -> text(shown.details, "detail"))
            .with("severity", shown -> shown.run.severity())
            .with("incomplete", shown -> shown.run.incomplete())
            .with("due_at", shown -> shown.run.dueAt())
            .with("started_at", shown -> shown.run.startedAt())
            .with("finished_at", shown -> shown.run.finishedAt())
            .with("fresh_until", shown -> shown.run.freshUntil())
            .with("stale", shown -> shown.run.staleAt(shown.now))
            .with("waived", RunJson::waived)
            .with("fingerprint", shown -> shown.run.fingerprint())
            .with("assertions", shown -> assertions(shown.details))
            .with("facts", shown -> shown.details.has("facts") ? shown.details.path("facts") : Map.of())
            .with("record", shown -> shown.run.recordId());

    public record AssertionJson(
            String id,
            String result,
            String severity,
            @Nullable String message,
            @Nullable JsonNode observed) {}

    Map<String, @Nullable Object> json() {
        return JSON.json(this);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.has(name) ? node.path(name).asString() : null;
    }

    private static List<AssertionJson> assertions(JsonNode details) {
        return details.path("assertions")
                .valueStream()
                .map(node -> new AssertionJson(
                        node.path("id").asString(""),
                        node.path("result").asString(""),
                        node.path("severity").asString(""),
                        text(node, "message"),
                        node.get("observed")))
                .toList();
    }
}
