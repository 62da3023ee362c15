package dev.ronde.command;

import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "explain",
        description = {
            "Show why a run came out as it did: the value of every part of every expression.",
            "Computed again from the recorded facts."
        })
final class CheckExplainCommand extends CommandBase {
    @Parameters(paramLabel = "RUN", description = "Id of the check run.")
    String run = "";

    @Override
    public Integer call() {
        return withApi(api -> {
            String path = "/api/v1/check-runs/" + ApiClient.encoded(run);
            JsonNode result = api.get(path);
            JsonNode explanation = api.get(path + "/explanation");
            say(result.path("asset").asString("") + " " + result.path("check").asString("") + ": "
                    + result.path("outcome").asString("") + " "
                    + result.path("reason").asString(""));
            if (!explanation.path("same_file").asBoolean(true)) {
                say("The check file was changed since this run: what follows is judged by the new one.");
            }
            List<JsonNode> items = steps(explanation.path("steps"));
            if (items.isEmpty()) {
                say("Nothing was judged: the run has no facts.");
            }
            output().items(items, "rule", "part", "value");
            return 0;
        });
    }

    private static List<JsonNode> steps(JsonNode steps) {
        List<JsonNode> items = new ArrayList<>();
        steps.properties()
                .forEach(rule -> rule.getValue().forEach(step -> {
                    Map<String, Object> item = new LinkedHashMap<>();
                    item.put("rule", rule.getKey());
                    item.put("part", step.path("part").asString(""));
                    item.put("value", step.path("value").asString(""));
                    items.add(Json.tree(Json.write(item)));
                }));
        return items;
    }
}
