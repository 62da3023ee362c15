package dev.ronde.command;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "probing", description = "Stop every probe, and let them run again.")
final class ProbingCommand extends CommandGroup {
    private static final String PROBING = "/api/v1/probing";
    private static final String[] STATE = {"stopped", "since", "by", "reason"};

    @Command(name = "status", description = "Whether every probe is stopped, since when, and by whom.")
    int status() {
        return withApi(api -> show(api.get(PROBING), STATE));
    }

    @Command(name = "stop", description = "Stop every probe on every server; what is under way ends within a second.")
    int stop(
            @Option(
                            names = "--reason",
                            paramLabel = "R",
                            defaultValue = "",
                            description = "Why; it stands in the evidence.")
                    String reason) {
        return withApi(api -> show(api.post(PROBING + "/stop", Map.of("reason", reason)), STATE));
    }

    @Command(name = "resume", description = "Let probes run again; checks that were refused meanwhile run at once.")
    int resume() {
        return withApi(api -> show(api.post(PROBING + "/resume", Map.of()), STATE));
    }
}
