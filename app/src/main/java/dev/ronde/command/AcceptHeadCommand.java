package dev.ronde.command;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.evidence.seal.LedgerGuard;
import dev.ronde.evidence.seal.LedgerKeys;
import dev.ronde.evidence.verify.HeldCheckpoints;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ledger accept-head}: tells a machine that lost its guard file how far the log had got (evidence design L11). */
@Command(
        name = "accept-head",
        description = {
            "Tell this machine how much of the ledger was sealed before, from a checkpoint that left the house.",
            "For a restore on a new machine, which has no keys/ledger.guard: if the restored database is older, sealing stops.",
            "Exit code 1 when it is older or holds another log."
        })
final class AcceptHeadCommand extends CommandBase {
    @Parameters(
            paramLabel = "CHECKPOINT",
            description = {
                "A file with the newest checkpoint, such as the last checkpoint mail: one that this ledger's key signed is taken.",
                "Or SIZE:ROOT, which nothing vouches for."
            })
    String checkpoint = "";

    @Override
    public Integer call() {
        Settings settings = settings();
        LocalDatabase.requireNoServer(settings, "ledger accept-head");
        LedgerGuard guard = new LedgerGuard(LedgerFiles.of(settings).guard());
        return quietly(() -> {
            try (Database database = Database.open(DatabaseUrl.of(settings), 2)) {
                Head head = head(database);
                guard.accept(head.size(), head.root());
                Optional<String> alarm = database.read(guard::alarm);
                out().println(alarm.orElse(
                        "Accepted: the ledger extends the checkpoint of " + head.size() + " records."));
                return alarm.isEmpty() ? 0 : CommandFailed.FAILED;
            }
        });
    }

    private record Head(long size, Hash root) {}

    private Head head(Database database) {
        try {
            if (checkpoint.matches("[0-9]{1,18}:\\S+")) {
                String[] parts = checkpoint.split(":", 2);
                Hash root = parts[1].matches("[0-9a-f]{64}") ? Hash.ofHex(parts[1]) : Hash.ofBase64(parts[1]);
                return new Head(Long.parseLong(parts[0]), root);
            }
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(checkpoint + " is not a checkpoint: " + e.getMessage() + ".");
        }
        if (!Files.exists(Path.of(checkpoint))) {
            throw CommandFailed.usage("There is no file " + checkpoint + ", and it is not SIZE:ROOT.");
        }
        try {
            var kept = HeldCheckpoints.newest(
                    Path.of(checkpoint), note -> database.read(handle -> LedgerKeys.haveSigned(handle, note)));
            return kept.map(newest -> new Head(newest.size(), newest.root()))
                    .orElseThrow(
                            () -> CommandFailed.usage(
                                    "No checkpoint in " + checkpoint
                                            + " is signed by a key of this ledger: restore its database first, and take a checkpoint of it."));
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage(e.getMessage() + ".");
        }
    }
}
