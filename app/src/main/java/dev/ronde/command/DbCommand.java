package dev.ronde.command;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.seal.Ledger;
import dev.ronde.evidence.seal.LedgerFiles;
import dev.ronde.evidence.seal.LedgerReport;
import dev.ronde.platform.config.Mask;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseCopy;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Installation;
import dev.ronde.platform.time.ProductClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "db", description = "The database as a whole.", subcommands = DbCommand.Copy.class)
final class DbCommand extends CommandGroup {

    @Command(
            name = "copy",
            description = {
                "Copy everything into an empty database, such as from the H2 file to PostgreSQL.",
                "Rows are counted on both sides and the ledger is verified in the copy. The source stays as it is."
            })
    static final class Copy extends CommandBase {
        @Option(
                names = "--to",
                paramLabel = "URL",
                required = true,
                description = "Where to, such as jdbc:postgresql://db.example.org/ronde.")
        String to = "";

        @Option(names = "--user", paramLabel = "USER", description = "Database user there (else RONDE_DB_USER).")
        @Nullable
        String user;

        @Option(
                names = "--password-stdin",
                description = "Read that user's password from the first line of stdin (else RONDE_DB_PASSWORD).")
        boolean passwordStdin;

        @Override
        public Integer call() {
            Settings settings = settings();
            LocalDatabase.requireNoServer(settings, "db copy");
            DatabaseUrl source = DatabaseUrl.of(settings);
            Settings there = settings.with(Setting.DB_URL, to);
            if (user != null) {
                there = there.with(Setting.DB_USER, user);
            }
            if (passwordStdin) {
                there = there.with(Setting.DB_PASSWORD, InputFile.secret());
            }
            DatabaseUrl target = target(there);
            say("Copying " + source.shown() + " to " + target.shown() + " …");
            return quietly(() -> copy(settings, source, target));
        }

        private DatabaseUrl target(Settings there) {
            if (!to.startsWith("jdbc:postgresql:") && !to.startsWith("jdbc:h2:file:")) {
                throw CommandFailed.usage(
                        "--to is \"" + Mask.passwords(to) + "\": write jdbc:postgresql://host:port/database.");
            }
            return DatabaseUrl.of(there);
        }

        private int copy(Settings settings, DatabaseUrl source, DatabaseUrl target) {
            DatabaseCopy.Copied copied = DatabaseCopy.copy(source, target);
            out().println("Copied " + copied.total() + " rows in "
                    + copied.rows().size() + " tables; the counts are equal on both sides.");
            return verify(settings, source, target, copied.total());
        }

        private int verify(Settings settings, DatabaseUrl source, DatabaseUrl target, long rows) {
            try (Database database = Database.open(target, 4)) {
                ProductClock clock = new ProductClock(root().clock);
                Installation.followOffset(database, clock);
                Ledger ledger =
                        Ledger.open(LedgerFiles.of(settings), database, new EvidenceLog(clock, "command"), clock);
                LedgerReport report = ledger.verify();
                report.faults().forEach(fault -> out().println("Fault: " + fault));
                if (!report.good()) {
                    throw CommandFailed.of(
                            "The ledger does not verify in the copy. Do not use it; the source is unchanged.");
                }
                out().println("The ledger verifies in the copy: " + report.size() + " leaves.");
            }
            LocalDatabase.record(
                    target,
                    root().clock,
                    records -> records.copied(source.dialect().name(), rows));
            say("Next: set RONDE_DB_URL to " + target.shown()
                    + " with its user and password, keep the key files, and start.");
            return 0;
        }
    }
}
