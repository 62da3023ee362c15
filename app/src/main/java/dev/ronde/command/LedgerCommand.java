package dev.ronde.command;

import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "ledger",
        description = "The evidence ledger.",
        subcommands = {
            LedgerCommand.Vkey.class,
            LedgerCommand.Checkpoint.class,
            LedgerCommand.Verify.class,
            LedgerCommand.Proof.class,
            AcceptHeadCommand.class
        })
final class LedgerCommand extends CommandGroup {

    @Command(name = "vkey", description = "Print the verifier key, one line: what an auditor writes down at the start.")
    static final class Vkey extends ApiCommand {
        @Override
        int run(ApiClient api) {
            out().println(api.get("/api/v1/ledger").path("vkey").asString(""));
            return 0;
        }
    }

    @Command(
            name = "checkpoint",
            description = "Print the newest checkpoint, a signed note; keep it to find later rewriting.")
    static final class Checkpoint extends ApiCommand {
        @Override
        int run(ApiClient api) {
            JsonNode checkpoint = api.get("/api/v1/ledger/checkpoint");
            if (format == Output.Format.json) {
                output().document(checkpoint);
            } else {
                out().print(checkpoint.path("checkpoint").asString(""));
                out().flush();
            }
            return 0;
        }
    }

    @Command(
            name = "verify",
            description =
                    "Read the whole ledger and compare it with the tree and its checkpoints. Exit code 1 when it differs.")
    static final class Verify extends ApiCommand {
        @Option(
                names = "--state",
                description =
                        "Compare the tables with the records too, and name each row that is not what its records say.")
        boolean state;

        @Override
        int run(ApiClient api) {
            JsonNode report = api.post("/api/v1/ledger/verify", Map.of());
            List<JsonNode> faults = new ArrayList<>();
            report.path("faults").forEach(faults::add);
            if (format != Output.Format.json) {
                ledger(report, faults);
            }
            JsonNode rows = state ? api.post("/api/v1/ledger/verify-state", Map.of()) : Json.tree("{}");
            if (format == Output.Format.json) {
                output().document(state ? Json.tree(Json.write(Map.of("ledger", report, "state", rows))) : report);
            } else {
                rows(rows);
            }
            return faults.isEmpty() && rows.path("good").asBoolean(true) ? 0 : CommandFailed.FAILED;
        }

        /** Printed before the tables are read, so that a failure there does not hide it. */
        private void ledger(JsonNode report, List<JsonNode> faults) {
            out().println((faults.isEmpty() ? "good: " : "BAD: ")
                    + report.path("size").asString("0") + " leaves, "
                    + report.path("records").asString("0") + " records");
            faults.forEach(fault -> out().println("fault: " + fault.asString("")));
            report.path("warnings").forEach(warning -> out().println("warning: " + warning.asString("")));
            out().flush();
        }

        private void rows(JsonNode rows) {
            if (rows.isEmpty()) {
                return;
            }
            out().println((rows.path("good").asBoolean(false) ? "good: " : "BAD: ")
                    + rows.path("rows").asString("0") + " rows compared with their records");
            rows.path("differences").forEach(row -> out().println("differs: " + row.asString("")));
            long more = rows.path("more_differences").asLong(0);
            if (more > 0) {
                out().println("differs: " + more + " more rows");
            }
        }
    }

    @Command(name = "proof", description = "Print the proof that a record is in the ledger, as a C2SP tlog-proof.")
    static final class Proof extends ApiCommand {
        @Parameters(paramLabel = "RECORD", description = "Id of the record.")
        String record = "";

        @Option(names = "--record", description = "Print the sealed record itself instead, byte for byte.")
        boolean line;

        @Override
        int run(ApiClient api) {
            JsonNode proof = api.get("/api/v1/ledger/proof/" + ApiClient.encoded(record));
            if (format == Output.Format.json) {
                output().document(proof);
            } else if (line) {
                out().println(proof.path("record").asString(""));
            } else {
                out().print(proof.path("tlog_proof").asString(""));
            }
            out().flush();
            return 0;
        }
    }
}
