package dev.ronde.command;

import dev.ronde.evidence.verify.EvidenceVerify;
import dev.ronde.platform.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
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
            @Option(names = "--lang", paramLabel = "L", description = "Language of the papers: en or fr.") @Nullable
                    String language,
            @Option(
                            names = {"-o", "--out"},
                            required = true,
                            paramLabel = "FILE",
                            description = "Where to save the ZIP.")
                    Path file)
            throws IOException {
        Map<String, Object> body =
                ApiClient.fields("from", from, "to", to, "frameworks", frameworks, "assets", assets, "lang", language);
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

    @Command(
            name = "freeze",
            description = {
                "Freeze the tables of a bundle, so that samples can be drawn from them.",
                "Prints the number of the freeze."
            })
    int freeze(
            @Parameters(paramLabel = "BUNDLE", description = "The ZIP that was exported, or the id of the export.")
                    String bundle)
            throws IOException {
        String name = Files.isRegularFile(Path.of(bundle)) ? nameInside(Path.of(bundle)) : "";
        return withApi(api -> {
            String export = name.isEmpty()
                    ? bundle
                    : api.items("/api/v1/evidence/exports").stream()
                            .filter(made -> made.path("file_name").asString("").equals(name))
                            .findFirst()
                            .map(made -> made.path("id").asString(""))
                            .orElseThrow(() -> CommandFailed.of(bundle + " was not exported by this server."));
            JsonNode freeze = api.postArguments("/api/v1/evidence/freezes", Map.of("export", export));
            out().println(freeze.path("id").asString(""));
            say(
                    freeze.path("sealed").asBoolean()
                            ? "Frozen and sealed. The auditor chooses the seed now: ronde evidence sample "
                                    + freeze.path("id").asString("") + " --n 25 --seed DIGITS"
                            : "Frozen, but not sealed yet: a seed is accepted after that.");
            return 0;
        });
    }

    /** What the export called the file: its one folder has that name, whatever the file is called now. */
    private static String nameInside(Path bundle) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return zip.stream().findFirst().map(ZipEntry::getName).orElse("").split("/", 2)[0] + ".zip";
        } catch (ZipException e) {
            throw CommandFailed.usage(bundle + " is not a bundle that Ronde exported.");
        }
    }

    @Command(
            name = "sample",
            description = {
                "Draw a sample from frozen tables, and write its sheet (CSV).",
                "The same seed draws the same rows, here and by hand; see VERIFY.md."
            })
    int sample(
            @Parameters(paramLabel = "FREEZE", description = "What ronde evidence freeze printed.") String freeze,
            @Option(
                            names = "--population",
                            paramLabel = "TABLE",
                            defaultValue = "reviews",
                            description =
                                    "reviews (the default), assets, expected_vs_actual (check runs), exposure, waivers or changes.")
                    String population,
            @Option(
                            names = "--n",
                            paramLabel = "N",
                            required = true,
                            description = "How many rows; with --extend, how many more.")
                    int n,
            @Option(
                            names = "--seed",
                            paramLabel = "S",
                            description =
                                    "At least 20 digits from the auditor, or checkpoint: the first one sealed after the freeze.")
                    @Nullable
                    String seed,
            @Option(names = "--given-by", paramLabel = "NAME", description = "Who gave the seed, if not you.") @Nullable
                    String givenBy,
            @Option(names = "--by", paramLabel = "COLUMN", description = "As many of each value of this column.")
                    @Nullable
                    String stratum,
            @Option(names = "--extend", description = "Draw the next ones of what was drawn.") boolean extend,
            @Option(
                            names = {"-o", "--out"},
                            paramLabel = "FILE",
                            description = "Where to save the sheet. Without it, it is printed.")
                    @Nullable
                    Path file)
            throws IOException {
        String path = "/api/v1/evidence/freezes/" + ApiClient.encoded(freeze) + "/samples";
        Map<String, Object> body = ApiClient.fields(
                "population",
                population,
                "n",
                n,
                "seed",
                seed,
                "given_by",
                givenBy,
                "stratified_by",
                stratum,
                "extend",
                extend ? true : null);
        int code = withApi(api -> {
            say(api.postArguments(path, body).path("drawn").asString("") + " rows drawn.");
            return 0;
        });
        return code == 0 ? save(path + "/" + ApiClient.encoded(population), file) : code;
    }

    /** Needs no database, no settings and no network. */
    @Command(
            name = "verify",
            description = {
                "Verify a bundle, alone with its files and what you bring.",
                "The first line says how many records were seen outside, by what you bring. Without it: VERIFIED, NOT ANCHORED.",
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
            @Option(
                            names = "--checkpoint",
                            paramLabel = "FILE",
                            description =
                                    "A checkpoint mail as any mail program saves it, a mailbox of them, or a checkpoint alone. Repeatable.")
                    @Nullable
                    List<Path> checkpoints,
            @Option(names = "--require-anchor", description = "End with 17 unless what you bring covers all records.")
                    boolean requireAnchor,
            @Option(
                            names = "--witness",
                            paramLabel = "VKEY",
                            description = "The verifier key of a witness, as ronde witness prints it. Repeatable.")
                    @Nullable
                    List<String> witnesses,
            @Option(
                            names = "--require-witnesses",
                            paramLabel = "K",
                            description = "End with 17 unless so many of them have cosigned the checkpoint.")
                    int requireWitnesses,
            @Option(
                            names = "--tsa-ca",
                            paramLabel = "FILE",
                            description =
                                    "Certificates in PEM of the time stamping authorities you trust: their time stamps in the bundle anchor it.")
                    @Nullable
                    Path tsaCa,
            @Option(names = "--strict", description = "Warnings count as failures.") boolean strict) {
        List<Path> held = checkpoints == null ? List.of() : checkpoints;
        return quietly(() -> {
            EvidenceVerify.Result result;
            try {
                result = EvidenceVerify.verify(new EvidenceVerify.Request(
                        bundle,
                        key(verifierKey),
                        held,
                        strict,
                        requireAnchor,
                        witnesses == null ? List.of() : witnesses,
                        requireWitnesses,
                        tsaCa));
            } catch (IllegalArgumentException e) {
                throw CommandFailed.usage(e.getMessage() + ".");
            }
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
