package dev.ronde.platform.db;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A live database as of one moment: one read-only transaction that sees no later commit, rows streamed. */
record DatabaseDump(Connection connection, String schemaVersion, List<CopyTable> tables) implements Dump {
    private static final int FETCH = 500;
    /** {@code org.h2.engine.Constants.TRANSACTION_SNAPSHOT}: one state of the whole database for the whole transaction. */
    private static final int H2_SNAPSHOT = 6;

    static DatabaseDump begin(Connection connection, Dialect dialect, String schemaVersion) throws SQLException {
        try {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(
                    dialect == Dialect.H2 ? H2_SNAPSHOT : Connection.TRANSACTION_REPEATABLE_READ);
            if (dialect == Dialect.H2) {
                try (Statement statement = connection.createStatement()) {
                    // Else H2 gathers a whole table before the first row comes.
                    statement.execute("set lazy_query_execution 1");
                }
            } else {
                connection.setReadOnly(true);
            }
            return new DatabaseDump(connection, schemaVersion, CopyPlan.read(connection));
        } catch (SQLException | RuntimeException e) {
            end(connection);
            throw e;
        }
    }

    @Override
    public long each(CopyTable table, RowTarget target) throws SQLException, IOException {
        List<CopyTable.Column> columns = table.columns();
        long rows = 0;
        try (PreparedStatement query = connection.prepareStatement(table.select())) {
            query.setFetchSize(FETCH);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    @Nullable Object[] values = new @Nullable Object[columns.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = columns.get(i).type().read(row, i + 1);
                    }
                    target.row(values);
                    rows++;
                }
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        end(connection);
    }

    /** Gives the connection back as it was: a pool resets isolation and read-only, but not H2's session setting. */
    private static void end(Connection connection) throws SQLException {
        try (connection) {
            connection.rollback();
            if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set lazy_query_execution 0");
                }
                connection.rollback();
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
            connection.setAutoCommit(true);
        }
    }
}
