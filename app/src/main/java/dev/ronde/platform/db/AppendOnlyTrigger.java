package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's side of append-only tables: refuses UPDATE and DELETE of any row, but for what {@link Exemption} names. */
public final class AppendOnlyTrigger implements Trigger {
    private String table = "";
    private List<String> columns = List.of();

    @Override
    public void init(Connection connection, String schema, String trigger, String tableName, boolean before, int type) {
        table = tableName;
    }

    @Override
    public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after)
            throws SQLException {
        Exemption exemption = Exemption.ALL.get(table);
        boolean exempt = exemption != null
                && ((after == null || before == null)
                        ? exemption.columns().isEmpty()
                        : erases(exemption, columns(connection), before, after));
        if (!exempt) {
            throw new SQLException("append-only table: rows are never changed or deleted", "42501");
        }
    }

    private static boolean erases(
            Exemption exemption, List<String> columns, @Nullable Object[] before, @Nullable Object[] after) {
        int narrowed = columns.indexOf(exemption.column());
        if (narrowed >= 0 && !exemption.values().contains(String.valueOf(before[narrowed]))) {
            return false;
        }
        for (int i = 0; i < after.length; i++) {
            boolean gone = after[i] == null || Exemption.ERASED.equals(after[i]);
            if (!Objects.deepEquals(before[i], after[i])
                    && !(gone && exemption.columns().contains(columns.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Read once: a migration that adds a column makes the trigger anew. */
    private synchronized List<String> columns(Connection connection) throws SQLException {
        if (columns.isEmpty()) {
            List<String> names = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(
                    "select column_name from information_schema.columns where table_schema = current_schema and table_name = ? order by ordinal_position")) {
                query.setString(1, table);
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                }
            }
            columns = List.copyOf(names);
        }
        return columns;
    }
}
