package dev.ronde.command;

import dev.ronde.control.CheckDefinition;
import dev.ronde.control.EffectiveParams;
import dev.ronde.control.Judge;
import dev.ronde.control.cel.Expression;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** {@code check explain}. */
@Command(
        name = "explain",
        description = {
            "Show why a run came out as it did: the value of every part of every expression.",
            "Computed again from the recorded facts with the definition of the same hash."
        })
final class CheckExplainCommand extends CommandBase {
    @Parameters(paramLabel = "RUN", description = "Id of the check run.")
    String run = "";

    @Override
    public Integer call() {
        return withApi(api -> {
            JsonNode result = api.get("/api/v1/check-runs/" + ApiClient.encoded(run));
            String id = result.path("check").asString("");
            CheckDefinition check = CheckFiles.sound(CheckCatalogue.load(null, root().environment()), id);
            if (!check.sha256().equals(result.path("check_sha256").asString(""))) {
                throw new CommandFailed(
                        CommandFailed.FAILED,
                        "The check " + id + " was changed since this run. Run it again, then explain the new run.");
            }
            JsonNode asset = api.get(
                    "/api/v1/assets/" + ApiClient.encoded(result.path("asset").asString("")));
            List<String> tags = new ArrayList<>();
            asset.path("tags").forEach(tag -> tags.add(tag.asString("")));
            Map<String, List<Expression.Step>> steps = Judge.explain(
                    check,
                    new Judge.Input(
                            map(result.path("facts")),
                            EffectiveParams.of(check, tags).values(),
                            map(asset),
                            Instant.parse(result.path("finished_at").asString(""))));
            show(result, steps);
            return 0;
        });
    }

    private static Map<String, Object> map(JsonNode node) {
        Map<String, Object> map = Json.MAPPER.readValue(node.toString(), new TypeReference<Map<String, Object>>() {});
        map.values().removeIf(java.util.Objects::isNull);
        return map;
    }

    private void show(JsonNode result, Map<String, List<Expression.Step>> steps) {
        List<JsonNode> items = new ArrayList<>();
        steps.forEach((rule, parts) -> parts.forEach(part -> {
            Map<String, Object> item = new LinkedHashMap<>();
            item.put("rule", rule);
            item.put("part", part.part());
            item.put("value", part.value());
            items.add(Json.tree(Json.write(item)));
        }));
        say(result.path("asset").asString("") + " " + result.path("check").asString("") + ": "
                + result.path("outcome").asString("") + " "
                + result.path("reason").asString(""));
        if (items.isEmpty()) {
            say("Nothing was judged: the run has no facts that fit the check.");
        }
        output().items(items, "rule", "part", "value");
    }
}
