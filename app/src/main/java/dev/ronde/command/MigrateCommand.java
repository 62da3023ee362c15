package dev.ronde.command;

import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import picocli.CommandLine.Command;

@Command(name = "migrate", description = "Migrate the database and exit.")
final class MigrateCommand extends CommandBase {
    @Override
    public Integer call() {
        Settings settings = settings();
        DatabaseUrl url = DatabaseUrl.of(settings);
        Migrations.migrate(url, settings.home().resolve("backups"), root().clock.instant());
        out().println("The database " + url.shown() + " has schema version " + Migrations.version(url) + ".");
        return 0;
    }
}
