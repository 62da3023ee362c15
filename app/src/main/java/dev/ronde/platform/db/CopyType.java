package dev.ronde.platform.db;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The column types both databases share, each with its way out of a row, into JSON and back. */
enum CopyType {
    UUID_ID(Types.OTHER),
    BYTES(Types.VARBINARY),
    INSTANT(Types.TIMESTAMP_WITH_TIMEZONE),
    DATE(Types.DATE),
    TIME(Types.TIME),
    BOOLEAN(Types.BOOLEAN),
    INTEGER(Types.BIGINT),
    DOUBLE(Types.DOUBLE),
    TEXT(Types.VARCHAR);

    private final int jdbcType;

    CopyType(int jdbcType) {
        this.jdbcType = jdbcType;
    }

    /** Refuses an unknown type, because it could be copied wrongly. */
    static CopyType of(String column, String typeName) {
        return switch (typeName.toLowerCase(Locale.ROOT)) {
            case "uuid" -> UUID_ID;
            case "bytea", "binary varying", "binary large object" -> BYTES;
            case "timestamptz", "timestamp with time zone" -> INSTANT;
            case "date" -> DATE;
            case "time" -> TIME;
            case "bool", "boolean" -> BOOLEAN;
            case "int2", "int4", "int8", "smallint", "integer", "bigint" -> INTEGER;
            case "float8", "double precision" -> DOUBLE;
            case "varchar", "text", "bpchar", "character varying", "character", "character large object" -> TEXT;
            default ->
                throw new DatabaseException("The column " + column + " has the type " + typeName
                        + ", which backups do not know. Nothing was copied.");
        };
    }

    @Nullable
    Object read(ResultSet row, int index) throws SQLException {
        return switch (this) {
            case UUID_ID -> row.getObject(index, UUID.class);
            case BYTES -> row.getBytes(index);
            case INSTANT -> row.getObject(index, OffsetDateTime.class);
            case DATE -> row.getObject(index, LocalDate.class);
            case TIME -> row.getObject(index, LocalTime.class);
            case BOOLEAN -> row.getObject(index, Boolean.class);
            case INTEGER -> {
                // PostgreSQL's driver gives a smallint as Long by getLong only.
                long number = row.getLong(index);
                yield row.wasNull() ? null : number;
            }
            case DOUBLE -> row.getObject(index, Double.class);
            case TEXT -> row.getString(index);
        };
    }

    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, jdbcType);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else {
            statement.setObject(index, value);
        }
    }

    /** A JSON-ready value: bytes in Base64, instants in UTC. */
    @Nullable
    Object toJson(@Nullable Object value) {
        if (value == null || value instanceof Long || value instanceof Boolean || value instanceof Double) {
            return value;
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString();
    }

    @Nullable
    Object fromJson(JsonNode node) {
        if (node.isNull()) {
            return null;
        }
        return switch (this) {
            case UUID_ID -> UUID.fromString(node.stringValue());
            case BYTES -> Base64.getDecoder().decode(node.stringValue());
            case INSTANT -> Instant.parse(node.stringValue()).atOffset(ZoneOffset.UTC);
            case DATE -> LocalDate.parse(node.stringValue());
            case TIME -> LocalTime.parse(node.stringValue());
            case BOOLEAN -> node.booleanValue();
            case INTEGER -> node.longValue();
            case DOUBLE -> node.doubleValue();
            case TEXT -> node.stringValue();
        };
    }
}
