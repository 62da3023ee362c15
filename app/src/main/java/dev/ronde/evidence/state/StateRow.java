package dev.ronde.evidence.state;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table, as far as records decide it.
 *
 * @param place where the next page begins
 * @param subject the subject of its records, or the id of its one record
 * @param name what a person finds it by
 * @param fields what is compared, named as in the records; null where the row says nothing
 */
public record StateRow(String place, String subject, String name, Map<String, @Nullable Object> fields) {
    public StateRow {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The first column is the place, the second the subject, the third the name, each other a field. Public, as Jdbi makes it. */
    public static final class Mapper implements RowMapper<StateRow> {
        @Override
        public StateRow map(ResultSet row, StatementContext context) throws SQLException {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            ResultSetMetaData columns = row.getMetaData();
            for (int column = 4; column <= columns.getColumnCount(); column++) {
                fields.put(columns.getColumnLabel(column).toLowerCase(Locale.ROOT), value(row, columns, column));
            }
            return new StateRow(row.getString(1), row.getString(2), row.getString(3), fields);
        }

        private static @Nullable Object value(ResultSet row, ResultSetMetaData columns, int column)
                throws SQLException {
            if (columns.getColumnTypeName(column).toLowerCase(Locale.ROOT).startsWith("timestamp")) {
                OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
                return time == null ? null : time.toInstant();
            }
            Object value = row.getObject(column);
            return value instanceof Boolean || value instanceof Number ? value : row.getString(column);
        }
    }
}
