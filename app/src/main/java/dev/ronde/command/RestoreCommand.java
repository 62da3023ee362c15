package dev.ronde.command;

import dev.ronde.evidence.seal.BackupSignature;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.BackupFile;
import dev.ronde.platform.db.BackupManifest;
import dev.ronde.platform.db.DatabaseCopy;
import dev.ronde.platform.db.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "restore",
        description = {
            "Fill an empty database from a backup.",
            "The home's own database is the target, or the one RONDE_DB_URL names. It must be empty and no server may run on it.",
            "The backup must be signed by the ledger key, in the home or named by --vkey: what was changed since is refused."
        })
final class RestoreCommand extends CommandBase {
    @Parameters(
            paramLabel = "FILE",
            description = "The ZIP that backup wrote, or that an upgrade left in <home>/backups (H2).")
    Path file = Path.of("");

    @Option(
            names = "--vkey",
            paramLabel = "VKEY",
            description =
                    "What ronde ledger vkey printed: who must have signed the backup, where the key file is not here.")
    @Nullable
    String vkey;

    @Option(
            names = "--unsigned",
            description =
                    "Take a backup that is not signed, such as what an upgrade left; Ronde cannot tell then whether it was changed.")
    boolean unsigned;

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        LocalDatabase.requireNoServer(settings, "restore");
        DatabaseUrl url = DatabaseUrl.of(settings);
        if (Files.notExists(file)) {
            throw CommandFailed.of("There is no file " + file + ".");
        }
        LocalDatabase.makeHome(settings.home());
        quietly(() -> restore(url, settings));
        for (Setting key : new Setting[] {Setting.LEDGER_KEY, Setting.EXPORT_KEY, Setting.MAIL_KEY}) {
            if (Files.notExists(settings.path(key))) {
                say("Missing: " + settings.path(key)
                        + ". A backup never holds keys; put the old file back before you start.");
            }
        }
        say("Next: ronde ledger verify --state, then ronde doctor.");
        return 0;
    }

    private CommandFailed notSigned() {
        return CommandFailed.of(
                "This backup is not signed, so Ronde cannot tell whether it was changed. Nothing was restored. If you know"
                        + " where " + file + " comes from, run restore again with --unsigned.");
    }

    private void requireSigned(BackupFile backup, Path key) throws IOException {
        if (unsigned) {
            return;
        }
        String note = backup.seal().orElseThrow(this::notSigned);
        String given = vkey;
        if (given == null && Files.notExists(key)) {
            throw CommandFailed.of(
                    "Whether " + file + " was changed cannot be told: the ledger key " + key
                            + " is missing. Put it back, or name what ronde ledger vkey printed with --vkey. Nothing was restored.");
        }
        if (!signed(note, backup.manifestSha256(), key)) {
            throw CommandFailed.of(
                    file + " was changed since it was written, or another ledger key signed it. Nothing was restored.");
        }
    }

    private boolean signed(String note, String manifestSha256, Path key) {
        try {
            return vkey == null
                    ? BackupSignature.isBy(key, note, manifestSha256)
                    : BackupSignature.isBy(vkey, note, manifestSha256);
        } catch (IllegalArgumentException e) {
            throw CommandFailed.usage("The ledger key cannot be read: " + e.getMessage() + ".");
        }
    }

    private int restore(DatabaseUrl url, Settings settings) {
        try (BackupFile backup = BackupFile.open(file)) {
            requireSigned(backup, settings.path(Setting.LEDGER_KEY));
            BackupManifest manifest = backup.manifest();
            say("Restoring the backup of " + manifest.createdAt() + ", schema version " + manifest.schema() + " …");
            DatabaseCopy.Copied copied = DatabaseCopy.restore(backup, url);
            LocalDatabase.record(url, root().clock, records -> records.restored(manifest.createdAt(), copied.total()));
            out().println("Restored " + copied.total() + " rows in "
                    + copied.rows().size() + " tables into " + url.shown() + ".");
            return 0;
        } catch (IOException e) {
            throw CommandFailed.of(file + " cannot be read: " + e.getMessage());
        }
    }
}
