package dev.ronde.command;

import dev.ronde.platform.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "retire",
        description = {
            "End a plan for good: nothing opens under it any more, and nobody can change it.",
            "What had not opened is cancelled; --open says what becomes of open reviews."
        })
final class PlanRetireCommand extends ApiCommand {
    @Parameters(paramLabel = "ID", description = "Id of the plan.")
    String id = "";

    @Option(names = "--dry-run", description = "Say what would be cancelled, and change nothing.")
    boolean dryRun;

    @Option(
            names = "--open",
            paramLabel = "WAY",
            defaultValue = "finish",
            description = {
                "Open reviews: finish leaves them open until they are answered (the default),",
                "withdraw cancels them."
            })
    String open = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why it ends; kept with the plan.")
    String reason = "";

    @Override
    int run(ApiClient api) {
        String path = PlanCommand.PLANS + "/" + ApiClient.encoded(id) + "/retire" + (dryRun ? "?dry_run=true" : "");
        JsonNode plan = api.postArguments(path, Map.of("reason", reason, "open", open));
        JsonNode effect = plan.path("effect");
        if (effect.path("change").asString("").equals("unchanged")) {
            say("The plan '" + id + "' is retired already, since "
                    + plan.path("retired_at").asString("") + " ("
                    + plan.path("retire_reason").asString("") + "). Nothing changes.");
        } else if (dryRun) {
            say("Nothing is changed yet.");
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("plan", id);
        effect.properties().forEach(number -> row.put(number.getKey(), number.getValue()));
        return show(
                List.of(Json.tree(Json.write(row))),
                "plan",
                "change",
                "open",
                "assets",
                "cancelled",
                "withdrawn",
                "left_open",
                "overdue");
    }
}
