package dev.ronde.command;

import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.json.Json;
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

@Command(
        name = "plan",
        description = "Review plans.",
        subcommands = {
            PlanCommand.ListAll.class,
            PlanCommand.Add.class,
            PlanCommand.Apply.class,
            PlanRetireCommand.class
        })
final class PlanCommand extends CommandGroup {
    static final String PLANS = "/api/v1/plans";
    private static final String[] EFFECT = {
        "plan",
        "change",
        "enrolled",
        "opened",
        "moved",
        "added",
        "became_overdue",
        "cancelled",
        "kept",
        "held",
        "mails",
        "people",
        "held_mails",
        "first_mail.at",
        "first_mail.zone"
    };

    @Command(name = "list", description = "The plans as they stand.")
    static final class ListAll extends ApiCommand {
        @Override
        int run(ApiClient api) {
            return show(api.items(PLANS), "id", "version", "title", "zone", "assets", "held", "retired_at");
        }
    }

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
            List<Written> plans = plans(this, file);
            return withApi(api -> {
                List<JsonNode> done = new ArrayList<>();
                for (Written plan : plans) {
                    if (dryRun) {
                        requireNew(api, plan);
                        done.add(api.post(plan.path() + "/preview", plan.json(), plan::place));
                    } else {
                        done.add(api.post(PLANS, plan.json(), plan::place));
                    }
                }
                warn(this, done);
                if (dryRun) {
                    output().items(done, EFFECT);
                    together(this, api, plans, "/preview");
                } else {
                    output().items(done, "id", "version", "title", "effect.enrolled", "effect.opened");
                }
                return 0;
            });
        }

        private static void requireNew(ApiClient api, Written plan) {
            if (api.find(plan.path()).isPresent()) {
                throw CommandFailed.of("A plan '" + plan.id() + "' exists already. Use plan apply to change it.");
            }
        }
    }

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
            List<Written> plans = plans(this, file);
            return withApi(api -> {
                Map<String, JsonNode> before = new LinkedHashMap<>();
                plans.forEach(plan ->
                        api.find(plan.path()).ifPresent(found -> before.put(plan.id(), inForce(file, found))));
                List<JsonNode> done = new ArrayList<>();
                for (Written plan : plans) {
                    done.add(
                            dryRun
                                    ? api.post(plan.path() + "/preview?announce=true", plan.json(), plan::place)
                                    : apply(api, plan, Optional.ofNullable(before.get(plan.id()))));
                }
                warn(this, done);
                output().items(done, EFFECT);
                if (dryRun) {
                    together(this, api, plans, "/preview?announce=true");
                }
                return 0;
            });
        }

        /** Returns the plan unless it is retired; checked before anything is changed. */
        private static JsonNode inForce(String file, JsonNode plan) {
            String retiredAt = plan.path("retired_at").asString("");
            if (!retiredAt.isEmpty()) {
                throw CommandFailed.of("The plan '" + plan.path("id").asString("") + "' was retired on "
                        + retiredAt.substring(0, 10) + " ("
                        + plan.path("retire_reason").asString("") + "). Take it out of " + file
                        + ", or give it another id. Nothing was changed.");
            }
            return plan;
        }

        private static JsonNode apply(ApiClient api, Written plan, Optional<JsonNode> before) {
            JsonNode after = before.isPresent()
                    ? api.put(plan.path() + "?announce=true", plan.json(), plan::place)
                    : api.post(PLANS + "?announce=true", plan.json(), plan::place);
            int version = before.map(found -> found.path("version").asInt(0)).orElse(0);
            Map<String, Object> done = new LinkedHashMap<>();
            done.put("plan", plan.id());
            done.put(
                    "change",
                    version == 0 ? "created" : version == after.path("version").asInt(0) ? "unchanged" : "updated");
            done.put("warnings", after.path("warnings"));
            after.path("effect").properties().forEach(number -> done.put(number.getKey(), number.getValue()));
            return Json.tree(Json.write(done));
        }
    }

    /** One plan of a file, as it is written and with its lines. */
    private record Written(Node node, JsonNode json) {
        Written(Node node) {
            this(node, Json.MAPPER.valueToTree(node.texts()));
        }

        String id() {
            return json.path("id").asString("");
        }

        String path() {
            return PLANS + "/" + ApiClient.encoded(id());
        }

        String place(String pointer) {
            return "line " + node.line(pointer);
        }
    }

    private static void warn(CommandBase command, List<JsonNode> done) {
        for (JsonNode plan : done) {
            String id = plan.path("plan").asString(plan.path("id").asString(""));
            plan.path("warnings")
                    .forEach(warning ->
                            command.say(id + ": " + warning.path("message").asString("")));
        }
    }

    /** Each plan was counted alone, but one person gets one mail for several. */
    private static void together(CommandBase command, ApiClient api, List<Written> plans, String preview) {
        if (plans.size() > 1) {
            JsonNode all = api.post(
                    PLANS + preview,
                    Map.of("plans", plans.stream().map(Written::json).toList()));
            JsonNode first = all.path("first_mail");
            int held = all.path("held_mails").asInt(0);
            command.say("Each plan is counted alone. All " + plans.size() + " together: "
                    + counted(all.path("mails").asInt(0), "mail", "mails") + " to "
                    + counted(all.path("people").asInt(0), "person", "people")
                    + (first.isObject()
                            ? ", the first one "
                                    + first.path("at").asString("") + " ("
                                    + first.path("zone").asString("") + ")."
                            : ".")
                    + (held == 0 ? "" : " The brake holds " + held + " of them until a lead decides."));
        }
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** Names every fault with its line before anything is sent. */
    private static List<Written> plans(CommandBase command, String file) {
        String text = InputFile.text(file);
        PlanReader.Result read = new PlanReader(command.settings().zone()).readFile(text);
        if (!read.faults().isEmpty()) {
            throw CommandFailed.of(file + " cannot be used:\n  "
                    + String.join(
                            "\n  ",
                            read.faults().stream()
                                    .map(fault -> fault.sentence())
                                    .toList()));
        }
        return ((Node.Mapping) Document.read(text)).entries().get("plans") instanceof Node.Sequence list
                ? list.items().stream().map(Written::new).toList()
                : List.of();
    }
}
