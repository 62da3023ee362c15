package dev.ronde.command;

import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "evidence", description = "Export evidence, and verify an export.")
final class EvidenceCommand extends CommandGroup {
    @Command(name = "export", description = "Make a signed bundle of a period and save it.")
    int export(
            @Option(names = "--from", required = true, paramLabel = "DAY", description = "First day, in UTC.")
                    String from,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "DAY",
                            description = "Last day, in UTC, included; may lie ahead.")
                    String to,
            @Option(
                            names = "--framework",
                            paramLabel = "F",
                            description = "Only this framework or control. Repeatable.")
                    @Nullable
                    List<String> frameworks,
            @Option(names = "--asset", paramLabel = "REF", description = "Only this asset. Repeatable.") @Nullable
                    List<String> assets,
            @Option(
                            names = {"-o", "--out"},
                            required = true,
                            paramLabel = "FILE",
                            description = "Where to save the ZIP.")
                    Path file)
            throws IOException {
        Map<String, Object> body = ApiClient.fields("from", from, "to", to, "frameworks", frameworks, "assets", assets);
        String[] shown = {""};
        try (OutputFile output = OutputFile.open(file)) {
            return withApi(api -> {
                JsonNode job = api.await(api.postArguments("/api/v1/evidence/exports", body), now -> {
                    String progress = now.path("done").asString("0") + " of "
                            + now.path("total").asString("0") + " records";
                    if (!progress.equals(shown[0])) {
                        shown[0] = progress;
                        say(progress);
                    }
                });
                api.download(job.path("result_url").asString(""), output.part());
                output.finish();
                out().println(file);
                warn(api.get("/api/v1/ledger"));
                say("Verify it with: ronde evidence verify " + file + " --vkey \"$(ronde ledger vkey)\"");
                return 0;
            });
        }
    }

    /** Warns, even with {@code -q}, that sealing has stopped and the bundle ends before that. */
    private void warn(JsonNode ledger) {
        String alarm = ledger.path("alarm").asString("");
        if (!alarm.isEmpty()) {
            long waiting = ledger.path("pending").asLong();
            complain("Warning: " + alarm + " " + waiting + (waiting == 1 ? " record waits" : " records wait") + " and "
                    + (waiting == 1 ? "is" : "are") + " not in this bundle.");
        }
    }

    /** Needs no database, no settings and no network. */
    @Command(
            name = "verify",
            description = {
                "Verify a bundle, alone with its files and what you bring.",
                "Exit codes: 0 good, 1 unreadable, 2 wrong usage, 10–24 the first step that failed; see VERIFY.md."
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "The ZIP, or the folder it was unpacked to.") Path bundle,
            @Option(
                            names = "--vkey",
                            paramLabel = "K",
                            description = "The verifier key you wrote down, or a file that holds it.")
                    @Nullable
                    String verifierKey,
            @Option(names = "--checkpoint", paramLabel = "FILE", description = "A checkpoint you hold. Repeatable.")
                    @Nullable
                    List<Path> checkpoints,
            @Option(names = "--strict", description = "Warnings count as failures.") boolean strict) {
        List<Path> held = checkpoints == null ? List.of() : checkpoints;
        return quietly(() -> {
            EvidenceVerify.Result result =
                    EvidenceVerify.verify(new EvidenceVerify.Request(bundle, key(verifierKey), held, strict));
            switch (format()) {
                case table -> result.lines().forEach(out()::println);
                case json -> output().document(Json.tree(Json.write(result.json())));
                case csv ->
                    output().items(
                                    result.steps().stream()
                                            .map(step -> Json.tree(Json.write(step)))
                                            .toList(),
                                    "step",
                                    "state",
                                    "claim",
                                    "failures",
                                    "warnings");
            }
            out().flush();
            return result.exitCode();
        });
    }

    private static @Nullable String key(@Nullable String given) {
        if (given == null || given.contains("+")) {
            return given;
        }
        try {
            return Files.readString(Path.of(given)).strip();
        } catch (IOException e) {
            return given;
        }
    }
}
