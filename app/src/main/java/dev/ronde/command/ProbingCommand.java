package dev.ronde.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "probing",
        description = "Stop every probe, and let them run again.",
        subcommands = {ProbingCommand.Status.class, ProbingCommand.Stop.class, ProbingCommand.Resume.class})
final class ProbingCommand extends CommandGroup {

    private static void show(CommandBase command, JsonNode state) {
        command.output().items(List.of(state), "stopped", "since", "by", "reason");
    }

    @Command(name = "status", description = "Whether every probe is stopped, since when, and by whom.")
    static final class Status extends CommandBase {
        @Override
        public Integer call() {
            return withApi(api -> {
                show(this, api.get("/api/v1/probing"));
                return 0;
            });
        }
    }

    @Command(name = "stop", description = "Stop every probe on every server; what is under way ends within a second.")
    static final class Stop extends CommandBase {
        @Option(names = "--reason", paramLabel = "R", description = "Why; it stands in the evidence.")
        String reason = "";

        @Override
        public Integer call() {
            return withApi(api -> {
                show(this, api.post("/api/v1/probing/stop", Map.of("reason", reason)));
                return 0;
            });
        }
    }

    @Command(name = "resume", description = "Let probes run again; checks that were refused meanwhile run at once.")
    static final class Resume extends CommandBase {
        @Override
        public Integer call() {
            return withApi(api -> {
                show(this, api.post("/api/v1/probing/resume", Map.of()));
                return 0;
            });
        }
    }
}
