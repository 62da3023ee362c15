package dev.ronde.command;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.OperationRecords;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.http.RunFile;
import dev.ronde.platform.time.ProductClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.function.Consumer;

/** What commands must know before they open the database themselves, without a server. */
final class LocalDatabase {
    private LocalDatabase() {}

    /** Fails if a server runs on this home, or if another machine is meant. */
    static void requireNoServer(Settings settings, String command) {
        if (settings.find(Setting.URL).isPresent()) {
            throw CommandFailed.usage(
                    command + " works on the database itself: run it on the server's machine, without RONDE_URL.");
        }
        RunFile.find(settings.home()).ifPresent(running -> {
            throw CommandFailed.of("Ronde runs on this home (process " + running.pid() + "). Stop it first, then run "
                    + command + " again.");
        });
    }

    /** Appends to the evidence of a database while no server runs on it. */
    static void record(DatabaseUrl url, InstantSource wallClock, Consumer<OperationRecords> work) {
        try (Database database = Database.open(url, 2)) {
            ProductClock clock = new ProductClock(wallClock);
            Installation.followOffset(database, clock);
            work.accept(new OperationRecords(database, new EvidenceLog(clock, "command")));
        }
    }

    static void makeHome(Path home) throws IOException {
        if (Files.notExists(home)) {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
