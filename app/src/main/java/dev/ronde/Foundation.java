package dev.ronde;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.http.Router;
import dev.ronde.platform.http.TrustedProxies;
import dev.ronde.platform.job.Jobs;
import dev.ronde.platform.limit.Allowances;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.platform.resource.Templates;
import dev.ronde.platform.schedule.TickRunner;
import dev.ronde.platform.time.ProductClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What every room is built on, opened in order: home, database, clock, then the empty router, runner and job table the rooms add to.
 *
 * @param node unique name of this process, in records and leases
 */
record Foundation(
        Settings settings,
        ProductClock clock,
        String node,
        Database database,
        Installation installation,
        Overlay checks,
        Messages messages,
        Templates templates,
        TickRunner runner,
        Jobs jobs,
        Router router,
        EvidenceLog evidence,
        Allowances allowances)
        implements AutoCloseable {
    private static final int CONNECTIONS = 24;

    static Foundation open(Settings settings, ProductClock clock) {
        makeHome(settings.home());
        DatabaseUrl url = DatabaseUrl.of(settings);
        Router router = new Router();
        router.trust(TrustedProxies.of(settings));
        Database database =
                Database.openMigrated(url, CONNECTIONS, settings.home().resolve("backups"), clock.baseInstant());
        try {
            Installation installation = Installation.open(database, clock, settings.testClock());
            String node = nodeName();
            Overlay templateFiles = Overlay.templates(settings);
            Messages messages = new Messages(templateFiles);
            return new Foundation(
                    settings,
                    clock,
                    node,
                    database,
                    installation,
                    Overlay.checks(settings),
                    messages,
                    new Templates(templateFiles, messages),
                    new TickRunner(database, clock, node),
                    new Jobs(database, clock),
                    router,
                    new EvidenceLog(clock, node),
                    new Allowances(database, clock));
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static void makeHome(Path home) {
        if (Files.exists(home) && !Files.isDirectory(home)) {
            throw new SettingsException(Setting.HOME.key() + ": " + home + " is a file. Name a folder.");
        }
        try {
            if (Files.notExists(home)) {
                Files.createDirectories(
                        home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new SettingsException(Setting.HOME.key() + ": the folder " + home
                    + " cannot be made. Name one in a place where this user may write.");
        }
    }

    private static String nodeName() {
        return "n" + ProcessHandle.current().pid() + "/"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    @Override
    public void close() {
        jobs.close();
        database.close();
    }
}
