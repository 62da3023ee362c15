package dev.ronde.platform.db;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.mapper.ColumnMapper;

/** How Java values become columns, registered once: ids as {@code uuid}, instants as {@code timestamp with time zone} in UTC, zones and locales as text. */
final class Mappers {
    private Mappers() {}

    static void register(Jdbi jdbi) {
        jdbi.registerArgument(new IdArguments());
        jdbi.registerArgument(new InstantArguments());
        jdbi.registerArgument(new ZoneArguments());
        jdbi.registerArgument(new LocaleArguments());
        jdbi.registerColumnMapper(Instant.class, (ColumnMapper<Instant>) (row, column, context) -> {
            OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        });
        jdbi.registerColumnMapper(ZoneId.class, (ColumnMapper<ZoneId>) (row, column, context) -> {
            String text = row.getString(column);
            return text == null ? null : ZoneId.of(text);
        });
        jdbi.registerColumnMapper(Locale.class, (ColumnMapper<Locale>) (row, column, context) -> {
            String text = row.getString(column);
            return text == null ? null : Locale.forLanguageTag(text);
        });
        jdbi.registerRowMapper(RecordMapper.factory());
    }

    /** An absent id is bound without a type of its own: as text, PostgreSQL would not compare it with a uuid. */
    private static final class IdArguments extends AbstractArgumentFactory<UUID> {
        IdArguments() {
            super(Types.OTHER);
        }

        @Override
        protected Argument build(UUID id, ConfigRegistry config) {
            return (position, statement, context) -> statement.setObject(position, id);
        }
    }

    private static final class InstantArguments extends AbstractArgumentFactory<Instant> {
        InstantArguments() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant instant, ConfigRegistry config) {
            return (position, statement, context) ->
                    statement.setObject(position, OffsetDateTime.ofInstant(instant, ZoneOffset.UTC));
        }
    }

    private static final class ZoneArguments extends AbstractArgumentFactory<ZoneId> {
        ZoneArguments() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(ZoneId zone, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, zone.getId());
        }
    }

    private static final class LocaleArguments extends AbstractArgumentFactory<Locale> {
        LocaleArguments() {
            super(Types.VARCHAR);
        }

        @Override
        protected Argument build(Locale locale, ConfigRegistry config) {
            return (position, statement, context) -> statement.setString(position, locale.toLanguageTag());
        }
    }
}
