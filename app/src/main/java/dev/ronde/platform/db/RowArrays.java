package dev.ronde.platform.db;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Binds many rows to one statement that unnests them: one array a column, in the order of the rows. Both databases run it, and one
 * statement for 500 rows costs a fraction of 500 in a JDBC batch.
 */
public record RowArrays<R>(SqlStatement<?> statement, List<R> rows) {
    public RowArrays<R> uuid(String name, Function<R, @Nullable UUID> value) {
        return bind(name, UUID.class, value);
    }

    public RowArrays<R> text(String name, Function<R, @Nullable String> value) {
        return bind(name, String.class, value);
    }

    public RowArrays<R> integer(String name, Function<R, @Nullable Integer> value) {
        return bind(name, Integer.class, value);
    }

    public RowArrays<R> flag(String name, Function<R, @Nullable Boolean> value) {
        return bind(name, Boolean.class, value);
    }

    public RowArrays<R> number(String name, Function<R, @Nullable Long> value) {
        return bind(name, Long.class, value);
    }

    public RowArrays<R> date(String name, Function<R, @Nullable LocalDate> value) {
        return bind(name, LocalDate.class, value);
    }

    /** Binds instants as {@code timestamp with time zone}, in UTC. */
    public RowArrays<R> time(String name, Function<R, @Nullable Instant> value) {
        return bind(name, OffsetDateTime.class, row -> {
            Instant instant = value.apply(row);
            return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
        });
    }

    public RowArrays<R> bytes(String name, Function<R, byte[]> value) {
        byte[][] column = rows.stream().map(value).toArray(byte[][]::new);
        Argument array = (position, prepared, context) ->
                prepared.setArray(position, prepared.getConnection().createArrayOf("bytea", column));
        statement.bind(name, array);
        return this;
    }

    private <V> RowArrays<R> bind(String name, Class<V> type, Function<R, @Nullable V> value) {
        List<@Nullable V> column = new ArrayList<>(rows.size());
        rows.forEach(row -> column.add(value.apply(row)));
        statement.bindArray(name, type, column);
        return this;
    }
}
