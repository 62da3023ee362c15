package dev.ronde.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "check",
        description = "Checks: their files and their runs.",
        subcommands = {
            CheckNewCommand.class,
            CheckSchemaCommand.class,
            CheckFiles.Test.class,
            CheckFiles.Eval.class,
            CheckRunCommand.class
        })
final class CheckCommand extends CommandGroup {
    private static final String RUNS = "/api/v1/check-runs";

    @Command(name = "list", description = "The checks the server has, broken ones and those it does not use included.")
    int list() {
        return withApi(api -> {
            List<JsonNode> checks = api.items("/api/v1/checks");
            output().items(checks, "id", "state", "title", "severity", "protection", "kinds", "product");
            List<String> notUsed = checks.stream()
                    .filter(check -> check.path("state").asString("").equals("not-used"))
                    .map(check -> check.path("id").asString(""))
                    .toList();
            if (!notUsed.isEmpty()) {
                say("Not used here, since protections.yaml of this installation leaves out what they protect: "
                        + String.join(", ", notUsed));
            }
            return 0;
        });
    }

    static final class Answer {
        @Option(names = "--in-place", required = true, description = "It is in place.")
        boolean inPlace;

        @Option(names = "--not-in-place", required = true, description = "It is not in place.")
        boolean notInPlace;
    }

    @Command(
            name = "attest",
            description = {
                "State whether a protection is in place that no probe sees (probe type attestation). Its check is judged at once.",
                "A statement is never changed: if one was wrong, state anew."
            })
    int attest(
            @Parameters(paramLabel = "ASSET", description = "Ref of the asset.") String asset,
            @Parameters(paramLabel = "CHECK", description = "Id of the check, such as registrar-lock-attested.")
                    String check,
            @ArgGroup(multiplicity = "1") Answer answer,
            @Option(
                            names = "--by",
                            paramLabel = "EMAIL",
                            description =
                                    "Whose word it is: the owner, the backup owner or a compliance lead. Needed on the machine of Ronde; with RONDE_TOKEN it is the word of who holds the token.")
                    @Nullable
                    String by,
            @Option(names = "--note", paramLabel = "TEXT", description = "What you looked at, at most 2000 characters.")
                    @Nullable
                    String note) {
        return withApi(api -> show(
                api.postArguments(
                        "/api/v1/assets/" + ApiClient.encoded(asset) + "/checks/" + ApiClient.encoded(check)
                                + "/attestation",
                        ApiClient.fields("attested", answer.inPlace, "note", note, "by", by)),
                "asset",
                "check",
                "attested",
                "stated_at",
                "stated_by",
                "overdue_at"));
    }

    @Command(
            name = "explain",
            description = {
                "Show why a run came out as it did: the value of every part of every expression.",
                "Computed again from the recorded facts."
            })
    int explain(@Parameters(paramLabel = "RUN", description = "Id of the check run.") String run) {
        return withApi(api -> {
            String path = RUNS + "/" + ApiClient.encoded(run);
            JsonNode result = api.get(path);
            JsonNode explanation = api.get(path + "/explanation");
            say(result.path("asset").asString("") + " " + result.path("check").asString("") + ": "
                    + result.path("outcome").asString("") + " "
                    + result.path("reason").asString(""));
            if (!explanation.path("same_file").asBoolean(true)) {
                say("The check file was changed since this run: what follows is judged by the new one.");
            }
            List<JsonNode> steps = explanation.path("steps").properties().stream()
                    .flatMap(rule -> rule.getValue()
                            .valueStream()
                            .map(step -> Output.item(
                                    "rule", rule.getKey(), "part", step.path("part"), "value", step.path("value"))))
                    .toList();
            if (steps.isEmpty()) {
                say("Nothing was judged: the run has no facts.");
            }
            return show(steps, "rule", "part", "value");
        });
    }

    @Command(
            name = "export",
            description = {
                "Results as OCSF events (class 2003, Compliance Finding), one JSON object a line, oldest first.",
                "For programs that gather security events. An event is the same run as long as its metadata.uid is the same."
            })
    int export(
            @Option(
                            names = "--from",
                            paramLabel = "INSTANT",
                            description = "Runs that ended then or later, such as 2026-11-01T00:00:00Z.")
                    @Nullable
                    String from,
            @Option(names = "--to", paramLabel = "INSTANT", description = "Runs that ended before; now, unless given.")
                    @Nullable
                    String to,
            @Option(names = "--asset", paramLabel = "REF", description = "Only this asset.") @Nullable String asset,
            @Option(names = "--check", paramLabel = "ID", description = "Only this check.") @Nullable String check,
            @Option(
                            names = "--outcome",
                            paramLabel = "OUTCOME",
                            description = "Only this one: pass, fail, error, unknown or not_applicable.")
                    @Nullable
                    String outcome,
            @Option(
                            names = {"-o", "--file"},
                            paramLabel = "FILE",
                            description = "Write to this file instead of stdout.")
                    @Nullable
                    Path file)
            throws IOException {
        return save(
                RUNS + ".ocsf"
                        + ApiClient.query("from", from, "to", to, "asset", asset, "check", check, "outcome", outcome),
                file);
    }
}
