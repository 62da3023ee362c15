package dev.ronde.platform.db;

import dev.ronde.platform.json.Json;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.argument.NullArgument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericType;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** How Java values become columns, registered once: ids as {@code uuid}, instants as {@code timestamp with time zone} in UTC, zones and locales as text. */
final class Mappers {
    private Mappers() {}

    static void register(Jdbi jdbi) {
        // as text, PostgreSQL would not compare an absent id with a uuid
        jdbi.registerArgument(new Arguments<>(UUID.class, Types.OTHER, id -> id));
        jdbi.registerArgument(new Arguments<>(
                Instant.class, Types.TIMESTAMP_WITH_TIMEZONE, instant -> instant.atOffset(ZoneOffset.UTC)));
        jdbi.registerArgument(new Arguments<>(ZoneId.class, Types.VARCHAR, ZoneId::getId));
        jdbi.registerArgument(new Arguments<>(Locale.class, Types.VARCHAR, Locale::toLanguageTag));
        jdbi.registerColumnMapper(Instant.class, column(OffsetDateTime.class, OffsetDateTime::toInstant));
        jdbi.registerColumnMapper(ZoneId.class, column(String.class, ZoneId::of));
        jdbi.registerColumnMapper(Locale.class, column(String.class, Locale::forLanguageTag));
        jdbi.registerColumnMapper(JsonNode.class, column(String.class, Json::tree));
        jdbi.registerColumnMapper(
                new GenericType<List<String>>() {},
                column(String.class, json -> List.of(Json.read(json, String[].class))));
        jdbi.registerColumnMapper(
                new GenericType<List<Integer>>() {},
                column(String.class, json -> List.of(Json.read(json, Integer[].class))));
        jdbi.registerColumnMapper(
                new GenericType<Map<String, String>>() {},
                column(String.class, json -> Json.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {})));
        jdbi.registerRowMapper(RecordMapper.factory());
    }

    private static <S, T> ColumnMapper<T> column(Class<S> stored, Function<S, T> value) {
        return (row, column, context) -> {
            S found = row.getObject(column, stored);
            return found == null ? null : value.apply(found);
        };
    }

    /**
     * Binds the values of one type.
     *
     * @param sqlType of an absent value
     * @param bound the value as the drivers take it
     */
    private record Arguments<T>(Class<T> type, int sqlType, Function<T, Object> bound)
            implements ArgumentFactory.Preparable {
        @Override
        public Optional<Function<Object, Argument>> prepare(Type declared, ConfigRegistry config) {
            return declared instanceof Class<?> given && type.isAssignableFrom(given)
                    ? Optional.of(this::argument)
                    : Optional.empty();
        }

        private Argument argument(@Nullable Object value) {
            return value == null
                    ? new NullArgument(sqlType)
                    : (position, statement, context) -> statement.setObject(position, bound.apply(type.cast(value)));
        }
    }
}
