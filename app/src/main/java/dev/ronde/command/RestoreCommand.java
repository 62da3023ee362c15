package dev.ronde.command;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.BackupFile;
import dev.ronde.platform.db.BackupManifest;
import dev.ronde.platform.db.DatabaseCopy;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.UpgradeBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Fills an empty database from a backup. */
@Command(
        name = "restore",
        description = {
            "Fill an empty database from a backup.",
            "The home's own database is the target, or the one RONDE_DB_URL names. It must be empty and no server may run on it."
        })
final class RestoreCommand extends CommandBase {
    @Parameters(
            paramLabel = "FILE",
            description = "The ZIP that backup wrote, or that an upgrade left in <home>/backups (H2).")
    Path file = Path.of("");

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        LocalDatabase.requireNoServer(settings, "restore");
        DatabaseUrl url = DatabaseUrl.of(settings);
        if (Files.notExists(file)) {
            throw new CommandFailed(CommandFailed.FAILED, "There is no file " + file + ".");
        }
        LocalDatabase.makeHome(settings.home());
        quietly(() -> restore(url));
        for (Setting key : new Setting[] {Setting.LEDGER_KEY, Setting.EXPORT_KEY, Setting.MAIL_KEY}) {
            if (Files.notExists(settings.path(key))) {
                say("Missing: " + settings.path(key)
                        + ". A backup never holds keys; put the old file back before you start.");
            }
        }
        say("Next: ronde ledger verify, then ronde doctor.");
        return 0;
    }

    private int restore(DatabaseUrl url) {
        return UpgradeBackup.is(file) ? restoreScript(url) : restoreBackup(url);
    }

    private int restoreScript(DatabaseUrl url) {
        say("Restoring the database as it was before an upgrade …");
        UpgradeBackup.Restored restored = UpgradeBackup.restore(file, url);
        Instant madeAt = UpgradeBackup.madeAt(file)
                .orElseGet(() -> Instant.ofEpochMilli(file.toFile().lastModified()));
        LocalDatabase.record(url, root().clock(), records -> records.restored(madeAt, restored.rows()));
        out().println("Restored " + restored.rows() + " rows of schema version " + restored.schema() + " into "
                + url.shown() + ", and brought them up to this program.");
        return 0;
    }

    private int restoreBackup(DatabaseUrl url) {
        try (BackupFile backup = BackupFile.open(file)) {
            BackupManifest manifest = backup.manifest();
            say("Restoring the backup of " + manifest.createdAt() + ", schema version " + manifest.schema() + " …");
            DatabaseCopy.Copied copied = DatabaseCopy.restore(backup, url);
            LocalDatabase.record(
                    url, root().clock(), records -> records.restored(manifest.createdAt(), copied.total()));
            out().println("Restored " + copied.total() + " rows in "
                    + copied.rows().size() + " tables into " + url.shown() + ".");
            return 0;
        } catch (IOException e) {
            throw new CommandFailed(CommandFailed.FAILED, file + " cannot be read: " + e.getMessage());
        }
    }
}
