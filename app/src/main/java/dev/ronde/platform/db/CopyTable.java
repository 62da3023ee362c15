package dev.ronde.platform.db;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table as it is copied.
 *
 * @param primaryKey the columns rows are ordered by, so that parents of the same table come first
 */
record CopyTable(String name, List<Column> columns, List<String> primaryKey) {

    record Column(String name, CopyType type) {}

    String select() {
        String order = primaryKey.isEmpty() ? "" : " order by " + quoted(primaryKey.stream());
        return "select " + columnList() + " from " + quote(name) + order;
    }

    String insert() {
        return "insert into " + quote(name) + " (" + columnList() + ") values ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
    }

    String count() {
        return "select count(*) from " + quote(name);
    }

    String delete() {
        return "delete from " + quote(name);
    }

    private String columnList() {
        return quoted(columns.stream().map(Column::name));
    }

    private static String quoted(Stream<String> names) {
        return names.map(CopyTable::quote).collect(Collectors.joining(", "));
    }

    private static String quote(String name) {
        return '"' + name + '"';
    }
}
