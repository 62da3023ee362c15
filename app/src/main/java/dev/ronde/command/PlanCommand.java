package dev.ronde.command;

import dev.ronde.platform.document.Document;
import dev.ronde.platform.document.Node;
import dev.ronde.platform.json.Json;
import dev.ronde.review.plan.PlanReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "plan", description = "Review plans.")
final class PlanCommand extends CommandGroup {
    private static final String PLANS = "/api/v1/plans";
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
    int list() {
        return withApi(api -> show(api.items(PLANS), "id", "version", "title", "zone", "assets", "held", "retired_at"));
    }

    @Command(
            name = "add",
            description = {
                "Add the plans of a file; one that exists already is refused.",
                "The reviews of a plan for a single date wait until it is announced."
            })
    int add(
            @Parameters(paramLabel = "FILE", description = "YAML file of plans; - is stdin.") String file,
            @Option(names = "--dry-run", description = "Say what would open and be mailed, and change nothing.")
                    boolean dryRun) {
        List<Written> plans = plans(file);
        return withApi(api -> {
            if (dryRun) {
                plans.forEach(plan -> {
                    if (api.find(plan.path()).isPresent()) {
                        throw CommandFailed.of(
                                "A plan '" + plan.id() + "' exists already. Use plan apply to change it.");
                    }
                });
                return preview(api, plans, "/preview");
            }
            List<JsonNode> done = plans.stream()
                    .map(plan -> api.post(PLANS, plan.json(), plan::place))
                    .toList();
            warn(done);
            return show(done, "id", "version", "title", "effect.enrolled", "effect.opened");
        });
    }

    @Command(
            name = "apply",
            description = {
                "Create or update the plans of a file and announce what opens.",
                "Returns once matching assets are enrolled and the reviews inside their lead time are open."
            })
    int apply(
            @Parameters(paramLabel = "FILE", description = "YAML file of plans; - is stdin.") String file,
            @Option(names = "--dry-run", description = "Say what would open, move and be mailed, and change nothing.")
                    boolean dryRun) {
        List<Written> plans = plans(file);
        return withApi(api -> {
            Map<String, Integer> versions = new HashMap<>();
            plans.forEach(plan ->
                    api.find(plan.path()).ifPresent(found -> versions.put(plan.id(), versionInForce(file, found))));
            if (dryRun) {
                return preview(api, plans, "/preview?announce=true");
            }
            List<JsonNode> done = plans.stream()
                    .map(plan -> apply(api, plan, versions.getOrDefault(plan.id(), 0)))
                    .toList();
            warn(done);
            return show(done, EFFECT);
        });
    }

    /** Refuses a retired plan, before anything is changed. */
    private static int versionInForce(String file, JsonNode plan) {
        String retiredAt = plan.path("retired_at").asString("");
        if (!retiredAt.isEmpty()) {
            throw CommandFailed.of("The plan '" + plan.path("id").asString("") + "' was retired on "
                    + retiredAt.substring(0, 10) + " ("
                    + plan.path("retire_reason").asString("") + "). Take it out of " + file
                    + ", or give it another id. Nothing was changed.");
        }
        return plan.path("version").asInt(0);
    }

    /** @param version the one in force; 0 if there is none yet */
    private static JsonNode apply(ApiClient api, Written plan, int version) {
        JsonNode after = version == 0
                ? api.post(PLANS + "?announce=true", plan.json(), plan::place)
                : api.put(plan.path() + "?announce=true", plan.json(), plan::place);
        boolean same = version == after.path("version").asInt(0);
        return row(
                after.path("effect"),
                "plan",
                plan.id(),
                "change",
                version == 0 ? "created" : same ? "unchanged" : "updated",
                "warnings",
                after.path("warnings"));
    }

    private static JsonNode row(JsonNode effect, Object... namesAndValues) {
        Map<String, Object> row = ApiClient.fields(namesAndValues);
        effect.properties().forEach(number -> row.put(number.getKey(), number.getValue()));
        return Json.tree(Json.write(row));
    }

    @Command(
            name = "retire",
            description = {
                "End a plan for good: nothing opens under it any more, and nobody can change it.",
                "What had not opened is cancelled; --open says what becomes of open reviews."
            })
    int retire(
            @Parameters(paramLabel = "ID", description = "Id of the plan.") String id,
            @Option(names = "--dry-run", description = "Say what would be cancelled, and change nothing.")
                    boolean dryRun,
            @Option(
                            names = "--open",
                            paramLabel = "WAY",
                            defaultValue = "finish",
                            description = {
                                "Open reviews: finish leaves them open until they are answered (the default),",
                                "withdraw cancels them."
                            })
                    String open,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why it ends; kept with the plan.")
                    String reason) {
        String path = PLANS + "/" + ApiClient.encoded(id) + "/retire" + (dryRun ? "?dry_run=true" : "");
        return withApi(api -> {
            JsonNode plan = api.postArguments(path, Map.of("reason", reason, "open", open));
            JsonNode effect = plan.path("effect");
            if (effect.path("change").asString("").equals("unchanged")) {
                say("The plan '" + id + "' is retired already, since "
                        + plan.path("retired_at").asString("") + " ("
                        + plan.path("retire_reason").asString("") + "). Nothing changes.");
            } else if (dryRun) {
                say("Nothing is changed yet.");
            }
            return show(
                    row(effect, "plan", id),
                    "plan",
                    "change",
                    "open",
                    "assets",
                    "cancelled",
                    "withdrawn",
                    "left_open",
                    "overdue");
        });
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

    private void warn(List<JsonNode> done) {
        for (JsonNode plan : done) {
            String id = plan.path("plan").asString(plan.path("id").asString(""));
            plan.path("warnings")
                    .forEach(warning -> say(id + ": " + warning.path("message").asString("")));
        }
    }

    private int preview(ApiClient api, List<Written> plans, String preview) {
        List<JsonNode> each = plans.stream()
                .map(plan -> api.post(plan.path() + preview, plan.json(), plan::place))
                .toList();
        warn(each);
        output().items(each, EFFECT);
        // each was counted alone, but one person gets one mail for several
        if (plans.size() > 1) {
            JsonNode all = api.post(
                    PLANS + preview,
                    Map.of("plans", plans.stream().map(Written::json).toList()));
            JsonNode first = all.path("first_mail");
            int held = all.path("held_mails").asInt(0);
            say("Each plan is counted alone. All " + plans.size() + " together: "
                    + counted(all.path("mails").asInt(0), "mail", "mails") + " to "
                    + counted(all.path("people").asInt(0), "person", "people")
                    + (first.isObject()
                            ? ", the first one "
                                    + first.path("at").asString("") + " ("
                                    + first.path("zone").asString("") + ")."
                            : ".")
                    + (held == 0 ? "" : " The brake holds " + held + " of them until a lead decides."));
        }
        return 0;
    }

    private static String counted(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    /** Names every fault with its line before anything is sent. */
    private List<Written> plans(String file) {
        String text = InputFile.text(file);
        PlanReader.Result read = new PlanReader(settings().zone()).readFile(text);
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
