package dev.ronde.platform.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;

/** Brings a database to this program's schema: lock, backup (H2), migrate, protect. Forward only; a newer schema is refused. */
public final class Migrations {
    /** The first migration; databases of unreleased versions have lower numbers. */
    private static final MigrationVersion BASELINE = MigrationVersion.fromVersion("1001");

    private Migrations() {}

    /**
     * Migrates the database.
     *
     * @param backups folder for the automatic backup of an H2 file before an upgrade; null where there is nothing to lose
     * @param now names the backup
     * @throws DatabaseException where the database cannot be reached, is newer than this program, or of an unreleased version
     */
    public static void migrate(DatabaseUrl url, @Nullable Path backups, Instant now) {
        try (Connection owner = connectAsOwner(url)) {
            Flyway flyway = flyway(url);
            MigrationInfoService before = flyway.info();
            refuseNewer(before);
            MigrationInfo current = before.current();
            if (current != null) {
                refuseUnreleased("The database " + url.shown(), current.getVersion());
            }
            if (url.dialect() == Dialect.H2 && backups != null && current != null && before.pending().length > 0) {
                UpgradeBackup.write(connect(url), backups, current.getVersion().getVersion(), now);
            }
            flyway.migrate();
            PageRoom.leave(owner, url.dialect());
            AppendOnly.protect(owner, url.dialect());
        } catch (SQLException e) {
            throw unreachable(url, e);
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "The database " + url.shown() + " could not be migrated: " + cause(e)
                            + " Nothing is used until this is solved; a backup from before an upgrade lies in the backups folder.");
        }
    }

    /** Makes the schema of an empty database as of one version, without protection, so that a copy can fill it. */
    static void migrateTo(DatabaseUrl url, String version) {
        MigrationVersion wanted = MigrationVersion.fromVersion(version);
        refuseUnreleased("The backup", wanted);
        boolean known = Arrays.stream(flyway(url).info().all())
                .anyMatch(info -> info.getVersion() != null && info.getVersion().compareTo(wanted) == 0);
        if (!known) {
            throw new DatabaseException("The rows have schema version " + version
                    + ", which this program does not know. Use the version of Ronde that wrote them, or a newer one.");
        }
        try {
            configured(url).target(wanted).load().migrate();
        } catch (FlywayException e) {
            throw new DatabaseException("The database " + url.shown() + " could not be prepared: " + firstLine(e));
        }
    }

    static void migrateAndProtect(DatabaseUrl url) {
        migrate(url, null, Instant.EPOCH);
    }

    /** The schema version of this database, or empty text where it was never migrated. */
    public static String version(DatabaseUrl url) {
        MigrationInfo current = flyway(url).info().current();
        return current == null ? "" : current.getVersion().getVersion();
    }

    public static List<String> unprotectedTables(DatabaseUrl url) throws SQLException {
        try (Connection owner = connectAsOwner(url)) {
            return AppendOnly.unprotected(owner, url.dialect());
        }
    }

    /** A connection with the owner's rights, for migration, backup and restore. An H2 file is whole once the first of them is there. */
    public static Connection connectAsOwner(DatabaseUrl url) throws SQLException {
        Connection owner = connect(url);
        boolean whole = false;
        try {
            whole = url.dialect() != Dialect.H2 || !H2Leftovers.commit(owner);
        } finally {
            if (!whole) {
                owner.close();
            }
        }
        return whole ? owner : connect(url);
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        Properties properties = new Properties();
        String user = url.ownerUser();
        String password = url.ownerPassword();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return DriverManager.getConnection(url.url(), properties);
    }

    private static Flyway flyway(DatabaseUrl url) {
        return configured(url).load();
    }

    private static FluentConfiguration configured(DatabaseUrl url) {
        return Flyway.configure()
                .dataSource(url.url(), url.ownerUser(), url.ownerPassword())
                .locations("classpath:db/migration")
                .cleanDisabled(true);
    }

    private static void refuseNewer(MigrationInfoService found) {
        List<String> newer = Arrays.stream(found.all())
                .filter(info -> info.getState() == MigrationState.FUTURE_SUCCESS
                        || info.getState() == MigrationState.FUTURE_FAILED)
                .map(info -> info.getVersion().getVersion())
                .toList();
        if (!newer.isEmpty()) {
            throw new DatabaseException(
                    "The database has schema version " + newer.get(newer.size() - 1)
                            + ", newer than this program knows. Start the newer Ronde, or restore the backup from before its upgrade.");
        }
    }

    private static void refuseUnreleased(String holder, MigrationVersion version) {
        if (version.compareTo(BASELINE) < 0) {
            throw new DatabaseException(holder + " was written by an unreleased version of Ronde (schema " + version
                    + "), and there is no upgrade from those. Export its evidence with the version that wrote it, or go on"
                    + " with that version; this one needs an empty home.");
        }
    }

    static DatabaseException unreachable(DatabaseUrl url, SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        String reason = switch (state) {
            case "90020" ->
                "another process has the file open. Stop it, or run the command while it serves: commands go through it.";
            case "28P01", "28000" -> "user or password refused. Check RONDE_DB_USER and RONDE_DB_PASSWORD.";
            case "3D000" -> "that database does not exist. Create it, or correct RONDE_DB_URL.";
            case "08001", "08004", "08006" ->
                "no connection. Check host and port in RONDE_DB_URL and that the server runs.";
            default -> firstLine(failure);
        };
        return new DatabaseException("The database " + url.shown() + " cannot be used: " + reason
                + " Ronde never starts with another database instead.");
    }

    private static String cause(FlywayException failure) {
        List<String> lines = String.valueOf(failure.getMessage())
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("-+"))
                .toList();
        String why = lines.stream()
                .filter(line -> line.startsWith("Message"))
                .map(line -> line.replaceFirst("^Message *: *", ""))
                .findFirst()
                .orElse(lines.size() > 1 ? lines.get(1) : "");
        return (lines.isEmpty() ? "" : lines.get(0) + (why.isEmpty() ? "" : ": " + why)).replaceFirst("[^.]$", "$0.");
    }

    private static String firstLine(Exception failure) {
        String message = failure.getMessage();
        return message == null
                ? failure.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }
}
