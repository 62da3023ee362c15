package dev.ronde.command;

import dev.ronde.platform.db.BackupFile;
import dev.ronde.platform.db.BackupManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        description = {
            "Write a backup of this moment into a ZIP file.",
            "It holds the whole database, but never the key files: keep those apart, and the backup as private as the database."
        })
final class BackupCommand extends CommandBase {
    @Parameters(paramLabel = "FILE", description = "The ZIP to write; it must not exist.")
    Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file.toAbsolutePath())) {
            throw CommandFailed.of(file + " exists. Name a new file.");
        }
        try (OutputFile output = OutputFile.open(file)) {
            return withApi(api -> {
                api.postForFile("/api/v1/backups", output.part());
                BackupManifest manifest = verified(output.part());
                output.finish();
                out().println(file);
                say(manifest.rows() + " rows in " + manifest.tables().size() + " tables, schema version "
                        + manifest.schema() + ". The key files are not in it: "
                        + settings().home().resolve("keys"));
                return 0;
            });
        }
    }

    /** Reads the file again as a restore would, so that a broken transfer never counts as a backup. */
    private static BackupManifest verified(Path part) {
        try (BackupFile backup = BackupFile.open(part)) {
            return backup.verify();
        } catch (IOException e) {
            throw CommandFailed.of("The backup cannot be read again: " + e.getMessage());
        }
    }
}
