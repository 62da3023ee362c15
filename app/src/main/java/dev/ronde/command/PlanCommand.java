package dev.ronde.command;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.yaml.WholeCharacters;
import dev.ronde.review.plan.PlanReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        "plan",
        "change",
        "enrolled",
        "opened",
        "moved",
        "became_overdue",
        "cancelled",
        "kept",
        "held",
        "mails",
        "people",
        "first_mail.at",
        "first_mail.zone"
    };

    /** {@code plan list}. */
    @Command(name = "list", description = "The plans as they stand.")
    static final class ListAll extends CommandBase {
        @Override
        public Integer call() {
            return withApi(api -> {
                output().items(api.items(PLANS), "id", "version", "title", "zone", "assets", "held");
                return 0;
            });
        }
    }

    /** {@code plan add}. */
    @Command(
            name = "add",
            description = {
                "Add the plans of a file; one that exists already is refused.",
                "The reviews of a plan for a single date wait until it is announced."
            })
    static final class Add extends CommandBase {
        @Parameters(paramLabel = "FILE", description = "YAML file of plans; - is stdin.")
        String file = "";

        @Option(names = "--dry-run", description = "Say what would open and be mailed, and change nothing.")
        boolean dryRun;

        @Override
        public Integer call() {
            List<JsonNode> plans = plans(this, file);
            return withApi(api -> {
                List<JsonNode> done = new ArrayList<>();
                for (JsonNode plan : plans) {
                    if (dryRun) {
                        requireNew(api, plan);
                        done.add(api.post(path(plan) + "/preview", plan));
                    } else {
                        done.add(api.post(PLANS, plan));
                    }
                }
                if (dryRun) {
                    output().items(done, EFFECT);
                } else {
                    output().items(done, "id", "version", "title", "effect.enrolled", "effect.opened");
                }
                return 0;
            });
        }

        private static void requireNew(ApiClient api, JsonNode plan) {
            if (api.find(path(plan)).isPresent()) {
                throw new CommandFailed(
                        CommandFailed.FAILED,
                        "A plan '" + plan.path("id").asString("") + "' exists already. Use plan apply to change it.");
            }
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
                    done.add(dryRun ? api.post(path(plan) + "/preview?announce=true", plan) : apply(api, plan));
                }
                output().items(done, EFFECT);
                return 0;
            });
        }

        private static JsonNode apply(ApiClient api, JsonNode plan) {
            Optional<JsonNode> before = api.find(path(plan));
            JsonNode after = before.isPresent()
                    ? api.put(path(plan) + "?announce=true", plan)
                    : api.post(PLANS + "?announce=true", plan);
            int version = before.map(found -> found.path("version").asInt(0)).orElse(0);
            Map<String, Object> done = new LinkedHashMap<>();
            done.put("plan", plan.path("id"));
            done.put(
                    "change",
                    version == 0 ? "created" : version == after.path("version").asInt(0) ? "unchanged" : "updated");
            after.path("effect").properties().forEach(number -> done.put(number.getKey(), number.getValue()));
            return Json.tree(Json.write(done));
        }
    }

    private static String path(JsonNode plan) {
        return PLANS + "/" + ApiClient.encoded(plan.path("id").asString(""));
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
        JsonNode document =
                Json.tree(new YAMLMapper().readTree(new WholeCharacters(text)).toString());
        List<JsonNode> plans = new ArrayList<>();
        document.path("plans").forEach(plans::add);
        return plans;
    }
}
