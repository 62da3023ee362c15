package dev.ronde.command;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "report", description = "The report of each month: who gets it by mail.")
final class ReportCommand extends CommandGroup {
    private static final String REPORTS = "/api/v1/reports";
    private static final String[] SHOWN = {"email", "name", "entitled", "added_at"};

    @Command(
            name = "set",
            description = {"Name who gets it, and nobody else.", "Without an address nobody does."})
    int set(
            @Parameters(
                            arity = "0..20",
                            paramLabel = "EMAIL",
                            description = "An administrator, a compliance lead or an auditor.")
                    @Nullable
                    List<String> people) {
        return withApi(api -> show(
                people(api.put(
                        REPORTS, Map.of("people", people == null ? List.of() : people), UnaryOperator.identity())),
                SHOWN));
    }

    @Command(name = "list", description = "Who gets it, and whether they still may.")
    int list() {
        return withApi(api -> show(people(api.get(REPORTS)), SHOWN));
    }

    private static List<JsonNode> people(JsonNode report) {
        return report.path("people").valueStream().toList();
    }
}
