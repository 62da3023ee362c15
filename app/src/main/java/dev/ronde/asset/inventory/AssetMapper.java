package dev.ronde.asset.inventory;

import dev.ronde.asset.field.Criticality;
import dev.ronde.platform.json.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Reads a row of the asset table. */
public final class AssetMapper implements RowMapper<Asset> {
    @Override
    public Asset map(ResultSet row, StatementContext context) throws SQLException {
        return new Asset(
                row.getObject("id", UUID.class),
                row.getString("ref"),
                row.getString("name"),
                row.getString("kind"),
                row.getObject("owner_id", UUID.class),
                row.getObject("backup_id", UUID.class),
                row.getObject("manager_id", UUID.class),
                row.getString("environment"),
                Criticality.valueOf(row.getString("criticality").toUpperCase(Locale.ROOT)),
                row.getString("data_class"),
                row.getString("unit"),
                row.getString("address"),
                row.getObject("port", Integer.class),
                row.getString("hostname"),
                row.getString("starttls"),
                zone(row.getString("zone")),
                strings(row.getString("tags")),
                integers(row.getString("declared_ports")),
                row.getBoolean("expected_closed"),
                row.getObject("probe_authorised_until", LocalDate.class),
                row.getObject("last_review_on", LocalDate.class),
                row.getString("notes"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("retired_at", OffsetDateTime.class)),
                row.getLong("version"));
    }

    private static @Nullable ZoneId zone(@Nullable String id) {
        return id == null ? null : ZoneId.of(id);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static List<String> strings(String json) {
        return json.equals("[]") ? List.of() : Arrays.asList(Json.read(json, String[].class));
    }

    private static List<Integer> integers(String json) {
        return json.equals("[]") ? List.of() : Arrays.asList(Json.read(json, Integer[].class));
    }
}
