package dev.ronde.platform.db;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Maps rows to records by constructor; SQL names are snake_case. Which column belongs to which component is found out by reflection once for
 * each record and list of columns, not for each statement that is run.
 */
final class RecordMapper<T> implements RowMapper<T> {
    private final RowMapper<T> mapper;
    private final Map<List<String>, RowMapper<T>> byColumns = new ConcurrentHashMap<>();

    RecordMapper(Class<T> type) {
        this.mapper = ConstructorMapper.of(type);
    }

    static RowMapperFactory factory() {
        Map<Class<?>, RowMapper<?>> known = new ConcurrentHashMap<>();
        return (type, config) -> type instanceof Class<?> raw && raw.isRecord()
                ? Optional.of(known.computeIfAbsent(raw, RecordMapper::new))
                : Optional.empty();
    }

    @Override
    public T map(ResultSet rows, StatementContext context) throws SQLException {
        return specialize(rows, context).map(rows, context);
    }

    @Override
    public RowMapper<T> specialize(ResultSet rows, StatementContext context) throws SQLException {
        List<String> columns = columns(rows.getMetaData());
        RowMapper<T> known = byColumns.get(columns);
        if (known == null) {
            known = mapper.specialize(rows, context);
            byColumns.put(columns, known);
        }
        return known;
    }

    private static List<String> columns(ResultSetMetaData row) throws SQLException {
        List<String> columns = new ArrayList<>(row.getColumnCount());
        for (int i = 1; i <= row.getColumnCount(); i++) {
            columns.add(row.getColumnLabel(i));
        }
        return columns;
    }
}
