package dev.ronde.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "explain",
        description = {
            "Show why a run came out as it did: the value of every part of every expression.",
            "Computed again from the recorded facts."
        })
final class CheckExplainCommand extends ApiCommand {
    @Parameters(paramLabel = "RUN", description = "Id of the check run.")
    String run = "";

    @Override
    int run(ApiClient api) {
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
        return show(items, "rule", "part", "value");
    }

    private static List<JsonNode> steps(JsonNode steps) {
        List<JsonNode> items = new ArrayList<>();
        steps.properties()
                .forEach(rule -> rule.getValue().forEach(step -> {
                    items.add(Output.item(
                            "rule",
                            rule.getKey(),
                            "part",
                            step.path("part").asString(""),
                            "value",
                            step.path("value").asString("")));
                }));
        return items;
    }
}
