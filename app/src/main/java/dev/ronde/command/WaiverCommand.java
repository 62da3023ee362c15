package dev.ronde.command;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "waiver", description = "Waivers: failures that somebody accepts, for a time, for what was seen.")
final class WaiverCommand extends CommandGroup {
    private static final String WAIVERS = "/api/v1/waivers";

    @Command(name = "list", description = "The waivers that wait or may still cover something.")
    int list(@Option(names = "--all", description = "Those that are over, too.") boolean all) {
        return withApi(api -> show(
                api.items(WAIVERS + (all ? "" : "?open=true")),
                "ref",
                "state",
                "asset",
                "check",
                "until",
                "renewals",
                "requested_by",
                "decided_by"));
    }

    @Command(
            name = "apply",
            description = {
                "Ask for the waivers of a file that nobody asked for yet.",
                "All of them or, where one may not be asked for, none; a second run of the same file asks for nothing.",
                "What is asked for covers nothing until another lead approves it."
            })
    int apply(
            @Parameters(paramLabel = "FILE", description = "YAML file of waivers; - is stdin.") String file,
            @Option(names = "--dry-run", description = "Say what would be asked for, and change nothing.")
                    boolean dryRun) {
        WaiverFile waivers = WaiverFile.read(file);
        return withApi(api -> {
            JsonNode applied =
                    api.post(WAIVERS + "/apply" + (dryRun ? "?dry_run=true" : ""), waivers.document(), waivers::place);
            List<JsonNode> items = applied.path("items").valueStream().toList();
            output().items(items, "asset", "check", "change", "waiver.ref", "waiver.state", "waiver.until");
            if (!dryRun
                    && items.stream()
                            .anyMatch(item -> item.path("change").asString("").equals("requested"))) {
                say("Another lead decides on what was asked for, on its page or by POST " + WAIVERS
                        + "/{ref}/approve.");
            }
            return 0;
        });
    }
}
