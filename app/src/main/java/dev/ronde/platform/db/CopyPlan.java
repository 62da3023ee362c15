package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tables are copied, parents before children, read from the database's own metadata. What belongs to one running process stays:
 * Quartz's tables, and the migration history, which the target writes itself.
 */
final class CopyPlan {
    private CopyPlan() {}

    static List<CopyTable> read(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        String schema = connection.getSchema();
        Map<String, Set<String>> parents = new TreeMap<>();
        tableNames(connection).forEach(name -> parents.put(name, new TreeSet<>()));
        for (Map.Entry<String, Set<String>> table : parents.entrySet()) {
            try (ResultSet keys = metadata.getImportedKeys(null, schema, table.getKey())) {
                while (keys.next()) {
                    String parent = keys.getString("PKTABLE_NAME");
                    if (!parent.equals(table.getKey())) {
                        table.getValue().add(parent);
                    }
                }
            }
        }
        List<CopyTable> plan = new ArrayList<>();
        for (String name : ordered(parents)) {
            plan.add(new CopyTable(name, columns(metadata, schema, name), primaryKey(metadata, schema, name)));
        }
        return plan;
    }

    static List<String> tableNames(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = connection.getMetaData().getTables(null, connection.getSchema(), "%", null)) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME");
                String type = tables.getString("TABLE_TYPE");
                if ((type.equals("TABLE") || type.equals("BASE TABLE")) && !leftOut(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }

    private static boolean leftOut(String table) {
        return table.startsWith("qrtz_") || table.equals("flyway_schema_history");
    }

    /** Parents first; names a cycle of foreign keys, which cannot be copied. */
    static Set<String> ordered(Map<String, Set<String>> parents) {
        Set<String> done = new LinkedHashSet<>();
        while (done.size() < parents.size()) {
            List<String> ready = parents.entrySet().stream()
                    .filter(table -> !done.contains(table.getKey()) && done.containsAll(table.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (ready.isEmpty()) {
                Set<String> circle = new TreeSet<>(parents.keySet());
                circle.removeAll(done);
                throw new DatabaseException("The tables " + circle + " refer to each other in a circle.");
            }
            done.addAll(ready);
        }
        return done;
    }

    private static List<CopyTable.Column> columns(DatabaseMetaData metadata, String schema, String table)
            throws SQLException {
        Map<Integer, CopyTable.Column> columns = new TreeMap<>();
        try (ResultSet rows = metadata.getColumns(null, schema, table, "%")) {
            while (rows.next()) {
                // The pattern's underscore matches any character, so the name is compared again.
                if (rows.getString("TABLE_NAME").equals(table)) {
                    String name = rows.getString("COLUMN_NAME");
                    CopyType type = CopyType.of(table + "." + name, rows.getString("TYPE_NAME"));
                    columns.put(rows.getInt("ORDINAL_POSITION"), new CopyTable.Column(name, type));
                }
            }
        }
        return List.copyOf(columns.values());
    }

    private static List<String> primaryKey(DatabaseMetaData metadata, String schema, String table) throws SQLException {
        Map<Integer, String> key = new TreeMap<>();
        try (ResultSet rows = metadata.getPrimaryKeys(null, schema, table)) {
            while (rows.next()) {
                key.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(key.values());
    }
}
