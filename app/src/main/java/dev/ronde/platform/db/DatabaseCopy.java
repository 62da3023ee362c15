package dev.ronde.platform.db;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fills an empty database from a backup or from another database, all of it or nothing. The schema is first made as old as the rows are,
 * then filled and compared, then brought up to this program; append-only tables become so at the end.
 */
public final class DatabaseCopy {
    private static final int BATCH = 500;

    private DatabaseCopy() {}

    public record Copied(Map<String, Long> rows) {
        public long total() {
            return rows.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Restores a backup into an empty database.
     *
     * @throws DatabaseException where the database is not empty or unreachable, or the backup is damaged or from a newer program
     */
    public static Copied restore(BackupFile backup, DatabaseUrl target) {
        return fill(backup, target);
    }

    /**
     * Copies a database that nobody writes to into an empty one of either kind.
     *
     * @throws DatabaseException where the target is not empty, or either is unreachable
     */
    public static Copied copy(DatabaseUrl source, DatabaseUrl target) {
        String version = Migrations.version(source);
        if (version.isEmpty()) {
            throw new DatabaseException("The database " + source.shown() + " holds nothing to copy.");
        }
        try (Dump dump = DatabaseDump.begin(Migrations.connectAsOwner(source), source.dialect(), version)) {
            return fill(dump, target);
        } catch (SQLException e) {
            throw Migrations.unreachable(source, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Copied fill(Dump dump, DatabaseUrl target) {
        requireEmpty(target);
        Migrations.migrateTo(target, dump.schemaVersion());
        Copied copied;
        try (Connection connection = Migrations.connectAsOwner(target)) {
            connection.setAutoCommit(false);
            try {
                copied = fill(dump, connection);
                connection.commit();
            } catch (SQLException | IOException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            throw new DatabaseException(
                    "The database " + target.shown() + " refused the rows: " + e.getMessage() + " Nothing was kept.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Migrations.migrateAndProtect(target);
        return copied;
    }

    private static Copied fill(Dump dump, Connection connection) throws SQLException, IOException {
        List<CopyTable> there = CopyPlan.read(connection);
        requireSameTables(dump.tables(), there);
        // children before parents; a fresh schema holds seeds
        try (Statement statement = connection.createStatement()) {
            for (int i = there.size() - 1; i >= 0; i--) {
                statement.executeUpdate(there.get(i).delete());
            }
        }
        Map<String, Long> rows = new LinkedHashMap<>();
        for (CopyTable table : dump.tables()) {
            rows.put(table.name(), insert(dump, table, connection));
        }
        for (CopyTable table : dump.tables()) {
            long stored = count(connection, table);
            long given = Objects.requireNonNull(rows.get(table.name()));
            if (stored != given) {
                throw new DatabaseException("The table " + table.name() + " has " + stored
                        + " rows after the copy, not " + given + ". Nothing was kept.");
            }
        }
        return new Copied(rows);
    }

    private static long insert(Dump dump, CopyTable table, Connection connection) throws SQLException, IOException {
        try (PreparedStatement statement = connection.prepareStatement(table.insert())) {
            int[] waiting = {0};
            long rows = dump.each(table, values -> {
                bind(statement, table, values);
                statement.addBatch();
                if (++waiting[0] == BATCH) {
                    statement.executeBatch();
                    waiting[0] = 0;
                }
            });
            statement.executeBatch();
            return rows;
        }
    }

    private static void bind(PreparedStatement statement, CopyTable table, @Nullable Object[] values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            table.columns().get(i).type().bind(statement, i + 1, values[i]);
        }
    }

    private static void requireSameTables(List<CopyTable> from, List<CopyTable> to) {
        Map<String, List<CopyTable.Column>> target = new LinkedHashMap<>();
        to.forEach(table -> target.put(table.name(), table.columns()));
        for (CopyTable table : from) {
            List<CopyTable.Column> columns = target.remove(table.name());
            if (columns == null || !columns.equals(table.columns())) {
                throw new DatabaseException("The table " + table.name()
                        + " is not the same there as in this program's schema. Nothing was copied.");
            }
        }
        if (!target.isEmpty()) {
            throw new DatabaseException("The tables " + target.keySet() + " are missing in the source.");
        }
    }

    /** A database counts as empty when it was never used: no tables, or migrated and never started. */
    private static void requireEmpty(DatabaseUrl target) {
        try (Connection connection = Migrations.connectAsOwner(target)) {
            List<String> tables = CopyPlan.tableNames(connection);
            if (!tables.isEmpty() && !tables.contains("installation")) {
                throw new DatabaseException("The database " + target.shown()
                        + " is not empty: it holds tables that are not Ronde's. Name an empty one.");
            }
            for (String used : List.of("installation", "person", "evidence_record")) {
                if (tables.contains(used) && count(connection, new CopyTable(used, List.of(), List.of())) > 0) {
                    throw new DatabaseException("The database " + target.shown()
                            + " is not empty: it holds an installation. Name an empty one"
                            + (target.dialect() == Dialect.H2 ? ", or move the old ronde.mv.db away." : "."));
                }
            }
        } catch (SQLException e) {
            throw Migrations.unreachable(target, e);
        }
    }

    static long count(Connection connection, CopyTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(table.count())) {
            row.next();
            return row.getLong(1);
        }
    }
}
