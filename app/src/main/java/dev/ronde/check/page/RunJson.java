package dev.ronde.check.page;

import dev.ronde.catalogue.Outcome;
import dev.ronde.catalogue.Severity;
import dev.ronde.check.CheckRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A run as the API shows it. */
public record RunJson(
        UUID id,
        String asset,
        String check,
        int checkVersion,
        String checkSha256,
        Outcome outcome,
        @Nullable String reason,
        @Nullable String detail,
        Severity severity,
        boolean incomplete,
        Instant dueAt,
        Instant startedAt,
        Instant finishedAt,
        Instant freshUntil,
        boolean stale,
        boolean waived,
        @Nullable String fingerprint,
        List<AssertionJson> assertions,
        JsonNode facts,
        UUID record) {
    public record AssertionJson(
            String id,
            String result,
            String severity,
            @Nullable String message,
            @Nullable JsonNode observed) {}

    static RunJson of(CheckRun run, String assetRef, JsonNode details, boolean waived, Instant now) {
        List<AssertionJson> assertions = new ArrayList<>();
        details.path("assertions")
                .forEach(node -> assertions.add(new AssertionJson(
                        node.path("id").asString(""),
                        node.path("result").asString(""),
                        node.path("severity").asString(""),
                        node.has("message") ? node.path("message").asString() : null,
                        node.get("observed"))));
        return new RunJson(
                run.id(),
                assetRef,
                run.checkId(),
                run.checkVersion(),
                run.checkSha256(),
                run.outcome(),
                run.reason(),
                details.has("detail") ? details.path("detail").asString() : null,
                run.severity(),
                run.incomplete(),
                run.dueAt(),
                run.startedAt(),
                run.finishedAt(),
                run.freshUntil(),
                run.staleAt(now),
                waived,
                run.fingerprint(),
                assertions,
                details.has("facts") ? details.path("facts") : JsonNodeFactory.instance.objectNode(),
                run.recordId());
    }
}
