package dev.ronde.command;

import dev.ronde.platform.db.BackupFile;
import dev.ronde.platform.db.BackupManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes a backup, also of a server that runs. */
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
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw new CommandFailed(CommandFailed.FAILED, file + " exists. Name a new file.");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new CommandFailed(
                    CommandFailed.FAILED,
                    part + " cannot be written: " + e.getClass().getSimpleName() + ".");
        }
        try {
            return withApi(api -> {
                api.postForFile("/api/v1/backups", part);
                BackupManifest manifest = verified(part);
                move(part, target);
                out().println(file);
                say(manifest.rows() + " rows in " + manifest.tables().size() + " tables, schema version "
                        + manifest.schema() + ". The key files are not in it: "
                        + settings().home().resolve("keys"));
                return 0;
            });
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Reads the file again as a restore would, so that a broken transfer never counts as a backup. */
    private static BackupManifest verified(Path part) {
        try (BackupFile backup = BackupFile.open(part)) {
            return backup.verify();
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.FAILED, "The backup cannot be read again: " + e.getMessage());
        }
    }

    private static void move(Path part, Path target) {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.FAILED, target + " cannot be written: " + e.getMessage());
        }
    }
}
