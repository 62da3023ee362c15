package dev.ronde.evidence.seal;

import dev.ronde.evidence.RecordRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** One place of the log with its record and the record's searchable columns; these are missing where the record is. */
record AuditRow(LeafRow leaf, @Nullable RecordRow columns) {

    /** By position: a full pass maps every row there is. Public, as Jdbi makes it. */
    public static final class Mapper implements RowMapper<AuditRow> {
        @Override
        public AuditRow map(ResultSet row, StatementContext context) throws SQLException {
            UUID recordId = row.getObject(2, UUID.class);
            byte[] payload = row.getBytes(4);
            LeafRow leaf = new LeafRow(row.getLong(1), recordId, row.getBytes(3), payload, row.getBytes(5), "");
            return new AuditRow(leaf, payload == null ? null : columns(recordId, row));
        }

        private static RecordRow columns(UUID recordId, ResultSet row) throws SQLException {
            return new RecordRow(
                    recordId,
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    row.getString(9),
                    row.getString(10),
                    row.getString(11),
                    row.getString(12),
                    time(row, 13),
                    time(row, 14));
        }

        private static Instant time(ResultSet row, int column) throws SQLException {
            return row.getObject(column, OffsetDateTime.class).toInstant();
        }
    }
}
