package dev.ronde.platform.db;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;

/**
 * What an H2 home keeps of itself before an upgrade: the whole database as one script, its users and the protection of its
 * tables included.
 */
public final class UpgradeBackup {
    private static final String SCRIPT = "script.sql";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("before-upgrade-from-.+-([0-9]{8}T[0-9]{6})\\.zip");

    private UpgradeBackup() {}

    /** The schema version that was restored, and how many rows there are. */
    public record Restored(String schema, long rows) {}

    /** The name of the file that keeps a database of this schema version. */
    static String name(String version, Instant now) {
        return "before-upgrade-from-" + version + "-" + STAMP.format(now) + ".zip";
    }

    /** When it was made, by its name: the time of a file is that of the last copy. Empty for a file that is named otherwise. */
    public static Optional<Instant> madeAt(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        try {
            return name.matches() ? Optional.of(STAMP.parse(name.group(1), Instant::from)) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether the file is one, and no backup that the command wrote. */
    public static boolean is(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            return zip.getEntry(BackupManifest.NAME) == null && zip.getEntry(SCRIPT) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Brings the database back as it was, then up to the schema of this program.
     *
     * @throws DatabaseException where the target is no H2 database or holds anything, the script is damaged, or it was written
     *     by a newer program
     */
    public static Restored restore(Path file, DatabaseUrl target) {
        if (target.dialect() != Dialect.H2) {
            throw new DatabaseException(file + " is the script of an H2 database and cannot fill " + target.shown()
                    + ". Restore it into a home of its own, then: ronde db copy --to URL.");
        }
        try (Connection owner = Migrations.connectAsOwner(target)) {
            List<String> tables = CopyPlan.tableNames(owner);
            if (!tables.isEmpty()) {
                throw new DatabaseException(
                        "The database " + target.shown() + " is not empty. Move the old ronde.mv.db away first.");
            }
            try (PreparedStatement script = owner.prepareStatement("runscript from ? compression zip")) {
                script.setString(1, file.toAbsolutePath().toString());
                script.execute();
            } catch (SQLException e) {
                throw new DatabaseException(file + " could not be read to its end: "
                        + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                        + " Move the ronde.mv.db that this began away, and take another backup.");
            }
        } catch (SQLException e) {
            throw Migrations.unreachable(target, e);
        }
        String schema = Migrations.version(target);
        Migrations.migrateAndProtect(target);
        return new Restored(schema, rows(target));
    }

    private static long rows(DatabaseUrl url) {
        try (Connection owner = Migrations.connectAsOwner(url)) {
            long rows = 0;
            for (String table : CopyPlan.tableNames(owner)) {
                rows += DatabaseCopy.count(owner, new CopyTable(table, List.of(), List.of()));
            }
            return rows;
        } catch (SQLException e) {
            throw Migrations.unreachable(url, e);
        }
    }
}
