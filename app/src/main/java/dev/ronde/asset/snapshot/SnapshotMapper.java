package dev.ronde.asset.snapshot;

import dev.ronde.platform.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** Reads a snapshot with its content. */
public final class SnapshotMapper implements RowMapper<Snapshot> {
    @Override
    public Snapshot map(ResultSet row, StatementContext context) throws SQLException {
        return new Snapshot(
                row.getObject("id", UUID.class),
                row.getObject("asset_id", UUID.class),
                row.getString("source"),
                row.getString("digest"),
                row.getInt("canon_version"),
                instant(row, "collected_at"),
                instant(row, "received_at"),
                instant(row, "last_seen_at"),
                Json.tree(row.getString("content")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
