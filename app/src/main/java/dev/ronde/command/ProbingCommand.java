package dev.ronde.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "probing",
        description = "Stop every probe, and let them run again.",
        subcommands = {ProbingCommand.Status.class, ProbingCommand.Stop.class, ProbingCommand.Resume.class})
final class ProbingCommand extends CommandGroup {

    private static final String PROBING = "/api/v1/probing";
    private static final String[] STATE = {"stopped", "since", "by", "reason"};

    @Command(name = "status", description = "Whether every probe is stopped, since when, and by whom.")
    static final class Status extends ApiCommand {
        @Override
        int run(ApiClient api) {
            return show(api.get(PROBING), STATE);
        }
    }

    @Command(name = "stop", description = "Stop every probe on every server; what is under way ends within a second.")
    static final class Stop extends ApiCommand {
        @Option(names = "--reason", paramLabel = "R", description = "Why; it stands in the evidence.")
        String reason = "";

        @Override
        int run(ApiClient api) {
            return show(api.post(PROBING + "/stop", Map.of("reason", reason)), STATE);
        }
    }

    @Command(name = "resume", description = "Let probes run again; checks that were refused meanwhile run at once.")
    static final class Resume extends ApiCommand {
        @Override
        int run(ApiClient api) {
            return show(api.post(PROBING + "/resume", Map.of()), STATE);
        }
    }
}
