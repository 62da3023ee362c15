package dev.ronde.command;

import dev.ronde.platform.json.Json;
import dev.ronde.review.plan.PlanReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Review plans. */
@Command(
        name = "plan",
        description = "Review plans.",
        subcommands = {PlanCommand.ListAll.class, PlanCommand.Add.class, PlanCommand.Apply.class})
final class PlanCommand extends CommandGroup {
    private static final String PLANS = "/api/v1/plans";
    private static final String[] EFFECT = {
        "id", "change", "enrolled", "opened", "moved", "became_overdue", "cancelled", "held", "mails", "people"
    };

    /** {@code plan list}. */
    @Command(name = "list", description = "The plans as they stand.")
    static final class ListAll extends CommandBase {
        @Override
        public Integer call() {
            return withApi(api -> {
                output().items(api.items(PLANS), "id", "plan_version", "title", "zone");
                return 0;
            });
        }
    }

    /** {@code plan add}. */
    @Command(name = "add", description = "Add the plans of a file; one that exists already is refused.")
    static final class Add extends CommandBase {
        @Parameters(paramLabel = "FILE", description = "YAML file of plans; - is stdin.")
        String file = "";

        @Override
        public Integer call() {
            List<JsonNode> plans = plans(this, file);
            return withApi(api -> {
                List<JsonNode> done = new ArrayList<>();
                for (JsonNode plan : plans) {
                    done.add(api.post(PLANS, plan));
                }
                output().items(done, "id", "plan_version", "title");
                return 0;
            });
        }
    }

    /** {@code plan apply}. */
    @Command(
            name = "apply",
            description = {
                "Create or update the plans of a file and announce what opens.",
                "Returns once matching assets are enrolled and the reviews inside their lead time are open."
            })
    static final class Apply extends CommandBase {
        @Parameters(paramLabel = "FILE", description = "YAML file of plans; - is stdin.")
        String file = "";

        @Option(names = "--dry-run", description = "Say what would open, move and be mailed, and change nothing.")
        boolean dryRun;

        @Override
        public Integer call() {
            List<JsonNode> plans = plans(this, file);
            return withApi(api -> {
                List<JsonNode> done = new ArrayList<>();
                for (JsonNode plan : plans) {
                    String path =
                            PLANS + "/" + ApiClient.encoded(plan.path("id").asString(""));
                    done.add(dryRun ? api.post(path + "/preview", plan) : apply(api, path, plan));
                }
                output().items(done, EFFECT);
                return 0;
            });
        }

        private static JsonNode apply(ApiClient api, String path, JsonNode plan) {
            JsonNode applied = api.find(path).isPresent() ? api.put(path, plan) : api.post(PLANS, plan);
            api.post(path + "/announce", Map.of());
            return applied;
        }
    }

    /** The plans of a file, as they are written; every fault is named with its line before anything is sent. */
    private static List<JsonNode> plans(CommandBase command, String file) {
        String text = InputFile.text(file);
        PlanReader.Result read = new PlanReader(command.settings().zone()).readFile(text);
        if (!read.faults().isEmpty()) {
            throw new CommandFailed(
                    CommandFailed.FAILED,
                    file + " cannot be used:\n  "
                            + String.join(
                                    "\n  ",
                                    read.faults().stream()
                                            .map(fault -> fault.sentence())
                                            .toList()));
        }
        JsonNode document = Json.tree(new YAMLMapper().readTree(text).toString());
        List<JsonNode> plans = new ArrayList<>();
        document.path("plans").forEach(plans::add);
        return plans;
    }
}
