package dev.ronde.command;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.LedgerBehind;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.json.Json;
import dev.ronde.platform.time.ProductClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(name = "ledger", description = "The evidence ledger.", subcommands = AcceptHeadCommand.class)
final class LedgerCommand extends CommandGroup {
    @Command(name = "vkey", description = "Print the verifier key, one line: what an auditor writes down at the start.")
    int vkey() {
        return withApi(api -> {
            out().println(api.get("/api/v1/ledger").path("vkey").asString(""));
            return 0;
        });
    }

    @Command(
            name = "checkpoint",
            description = "Print the newest checkpoint, a signed note; keep it to find later rewriting.")
    int checkpoint() {
        return withApi(api -> text(api.get("/api/v1/ledger/checkpoint"), "checkpoint", ""));
    }

    @Command(
            name = "consistency",
            description = {
                "Print the proof that the log of a checkpoint extends an earlier one.",
                "Give it to evidence verify with --checkpoint where a checkpoint you hold is newer than the bundle."
            })
    int consistency(
            @Option(names = "--from", required = true, paramLabel = "M", description = "Records of the earlier one.")
                    long from,
            @Option(
                            names = "--to",
                            paramLabel = "N",
                            description = "Records of the checkpoint; without it, the newest.")
                    @Nullable
                    Long to) {
        String query = "?from=" + from + (to == null ? "" : "&to=" + to);
        return withApi(api -> text(api.get("/api/v1/ledger/consistency" + query), "consistency", ""));
    }

    @Command(
            name = "tiles",
            description = {
                "Copy the tree to a folder as C2SP tlog-tiles, the checkpoint last; a later run adds what is new.",
                "Made for a share that lets nobody change a file, each night."
            })
    int tiles(
            @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "Where to.") Path to,
            @Option(
                            names = "--records",
                            description = "Copy the records too, but for each 256 of them of which retention took one.")
                    boolean records) {
        return withApi(api -> {
            TileFolder.Result result = new TileFolder(to, api).copy(records);
            out().println(result.size() + " records, " + result.added() + " files added to " + to);
            result.notes().forEach(this::say);
            out().flush();
            return 0;
        });
    }

    @Command(
            name = "rotate-key",
            description = {
                "Make a new ledger key, announced under the one in force, and print its verifier key; every server must be stopped.",
                "For 30 days checkpoints have the signatures of both. Copy the key files to every node, then start."
            })
    int rotateKey() {
        return local("ledger rotate-key", ledger -> out().println(ledger.rotateKey(Actor.command())));
    }

    @Command(
            name = "compromised",
            description = {
                "Record that somebody else may have had the ledger key; every server must be stopped. Then run rotate-key.",
                "Verifiers accept what was sealed until then only as far as it is anchored outside."
            })
    int compromised(
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "INSTANT",
                            description = "Since when, such as 2026-03-01T08:00:00Z.")
                    Instant from) {
        return local("ledger compromised", ledger -> ledger.compromised(from, Actor.command()));
    }

    /** Opened twice, so that what the first left to do is done. */
    private int local(String command, Consumer<Ledger> work) {
        Settings settings = settings();
        LocalDatabase.requireNoServer(settings, command);
        return quietly(() -> {
            try (Database database = Database.open(DatabaseUrl.of(settings), 2)) {
                ProductClock clock = new ProductClock(root().clock);
                Installation.followOffset(database, clock);
                EvidenceLog evidence = new EvidenceLog(clock, "command");
                LedgerFiles files = LedgerFiles.of(settings);
                work.accept(Ledger.open(files, database, evidence, clock));
                Ledger.open(files, database, evidence, clock);
                out().flush();
                return 0;
            } catch (LedgerBehind e) {
                throw CommandFailed.of(String.valueOf(e.getMessage()));
            }
        });
    }

    /** Prints one field of the answer, or all of it as JSON. */
    private int text(JsonNode answer, String field, String end) {
        if (format() == Output.Format.json) {
            output().document(answer);
        } else {
            out().print(answer.path(field).asString("") + end);
            out().flush();
        }
        return 0;
    }

    @Command(
            name = "verify",
            description =
                    "Read the whole ledger and compare it with the tree and its checkpoints. Exit code 1 when it differs.")
    int verify(
            @Option(
                            names = "--state",
                            description =
                                    "Compare the tables with the records too, and name each row that is not what its records say.")
                    boolean state) {
        return withApi(api -> {
            JsonNode report = api.post("/api/v1/ledger/verify", Map.of());
            if (format() != Output.Format.json) {
                ledger(report);
            }
            JsonNode rows = state ? api.post("/api/v1/ledger/verify-state", Map.of()) : Json.tree("{}");
            if (format() == Output.Format.json) {
                output().document(state ? Json.tree(Json.write(Map.of("ledger", report, "state", rows))) : report);
            } else if (state) {
                rows(rows);
            }
            boolean good = report.path("faults").isEmpty() && rows.path("good").asBoolean(true);
            return good ? 0 : CommandFailed.FAILED;
        });
    }

    /** Printed before the tables are read, so that a failure there does not hide it. */
    private void ledger(JsonNode report) {
        JsonNode faults = report.path("faults");
        out().println((faults.isEmpty() ? "good: " : "BAD: ")
                + report.path("size").asString("0") + " leaves, "
                + report.path("records").asString("0") + " records");
        faults.forEach(fault -> out().println("fault: " + fault.asString("")));
        report.path("warnings").forEach(warning -> out().println("warning: " + warning.asString("")));
        out().flush();
    }

    private void rows(JsonNode rows) {
        out().println((rows.path("good").asBoolean(false) ? "good: " : "BAD: ")
                + rows.path("rows").asString("0") + " rows compared with their records");
        rows.path("differences").forEach(row -> out().println("differs: " + row.asString("")));
        long more = rows.path("more_differences").asLong(0);
        if (more > 0) {
            out().println("differs: " + more + " more rows");
        }
    }

    @Command(name = "proof", description = "Print the proof that a record is in the ledger, as a C2SP tlog-proof.")
    int proof(
            @Parameters(paramLabel = "RECORD", description = "Id of the record.") String record,
            @Option(names = "--record", description = "Print the sealed record itself instead, byte for byte.")
                    boolean line) {
        return withApi(api -> {
            JsonNode proof = api.get("/api/v1/ledger/proof/" + ApiClient.encoded(record));
            return line ? text(proof, "record", System.lineSeparator()) : text(proof, "tlog_proof", "");
        });
    }
}
