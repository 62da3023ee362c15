package dev.ronde.command;

import dev.ronde.check.probe.NameServer;
import dev.ronde.check.probe.Probes;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsCheck;
import dev.ronde.platform.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What can be seen of settings and home without a database. */
final class HomeDoctor {
    private HomeDoctor() {}

    static List<Diagnosis> look(Settings settings) {
        List<Diagnosis> found = new ArrayList<>();
        settings(settings, found);
        home(settings.home(), found);
        for (Setting key : new Setting[] {Setting.LEDGER_KEY, Setting.EXPORT_KEY, Setting.MAIL_KEY}) {
            privateFile(settings.path(key), key, found);
        }
        return found;
    }

    private static void settings(Settings settings, List<Diagnosis> found) {
        List<String> wrong = new ArrayList<>(SettingsCheck.look(settings));
        try {
            Probes.allowList(settings);
        } catch (IllegalArgumentException e) {
            wrong.add(Setting.PROBE_ALLOW.key() + " has " + e.getMessage());
        }
        try {
            NameServer.of(settings);
        } catch (SettingsException e) {
            wrong.add(e.getMessage());
        }
        wrong.forEach(text ->
                found.add(Diagnosis.fail("settings", text, "ronde config show --origin names where it comes from.")));
        if (wrong.isEmpty()) {
            found.add(Diagnosis.ok("settings", "All values can be read."));
        }
    }

    private static void home(Path home, List<Diagnosis> found) {
        if (Files.notExists(home)) {
            found.add(Diagnosis.warn("home", home + " does not exist yet.", "The first start makes it."));
            return;
        }
        if (!Files.isWritable(home)) {
            found.add(Diagnosis.fail(
                    "home",
                    home + " cannot be written.",
                    "Give it to the user Ronde runs as (chown), or set RONDE_HOME."));
            return;
        }
        if (readableByOthers(home)) {
            found.add(
                    Diagnosis.warn("home", home + " can be read by other users of this machine.", "chmod 700 " + home));
            return;
        }
        found.add(Diagnosis.ok("home", home.toString()));
    }

    private static void privateFile(Path file, Setting key, List<Diagnosis> found) {
        if (Files.exists(file) && readableByOthers(file)) {
            found.add(Diagnosis.fail(
                    "home",
                    "The key " + file + " can be read by other users.",
                    "chmod 600 " + file + "; if somebody may have read it, replace the key of " + key.key() + "."));
        }
    }

    private static boolean readableByOthers(Path path) {
        try {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            return rights.contains(PosixFilePermission.OTHERS_READ) || rights.contains(PosixFilePermission.GROUP_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
