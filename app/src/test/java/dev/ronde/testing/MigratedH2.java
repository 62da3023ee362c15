package dev.ronde.testing;

import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.h2.api.ErrorCode;

/** H2 databases that are migrated once in a process and copied for each test, since the migrations take longer than most tests. */
final class MigratedH2 {
    private MigratedH2() {}

    /** The statements that make it in memory. */
    private static final class InMemory {
        private static final Path SCRIPT = Leftovers.lastingFolder("ronde-h2").resolve("ronde.sql");

        static {
            DatabaseUrl url = DatabaseUrl.h2Memory("migrated");
            Migrations.migrate(url, null, Instant.EPOCH);
            execute(url, "script to '" + SCRIPT + "'");
            end(url);
        }
    }

    /** The file of a home. */
    private static final class InFile {
        private static final Path FILE = Leftovers.lastingFolder("ronde-h2").resolve("ronde.mv.db");

        static {
            Migrations.migrate(DatabaseUrl.h2File(FILE.resolveSibling("ronde")), null, Instant.EPOCH);
        }
    }

    /** Makes the database in memory what the migrations would make it. */
    static void fill(DatabaseUrl url) {
        execute(url, "runscript from '" + InMemory.SCRIPT + "'");
        // a script makes views before tables that were altered since; opening a file, H2 looks at them again by itself
        execute(url, "alter view answers_for recompile");
    }

    /** Puts the database into a home that has none. */
    static void copyTo(Path home) {
        Unchecked.run(
                () -> Files.copy(InFile.FILE, Files.createDirectories(home).resolve("ronde.mv.db")));
    }

    /** Ends a database in memory, which holds its memory until then; one that is ended already stays so. */
    static void end(DatabaseUrl url) {
        try {
            execute(new DatabaseUrl(url.url() + ";IFEXISTS=TRUE", null, null), "shutdown immediately");
        } catch (IllegalStateException e) {
            boolean ended = e.getCause() instanceof SQLException said
                    && said.getErrorCode() == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1;
            if (!ended) {
                throw e;
            }
        }
    }

    private static void execute(DatabaseUrl url, String sql) {
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
