package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Leaves room on the pages of tables whose rows change in place again and again, in no order: on PostgreSQL a row for which its page has
 * room changes there and leaves the indexes alone; else each change touches another page and every index of the table, and after a
 * checkpoint each page that is touched is written whole. Rows written before keep their place; where an operator has set how full pages
 * become, that stays.
 */
final class PageRoom {
    private static final List<String> TABLES = List.of("check_state", "due");
    private static final int FILLED = 70;

    private PageRoom() {}

    static void leave(Connection owner, Dialect dialect) throws SQLException {
        if (dialect != Dialect.POSTGRESQL) {
            return;
        }
        try (PreparedStatement known = owner.prepareStatement("""
                        select 1 from pg_class
                         where oid = cast(? as regclass) and array_to_string(reloptions, ',') like '%fillfactor=%'""");
                Statement statement = owner.createStatement()) {
            for (String table : TABLES) {
                known.setString(1, table);
                try (ResultSet found = known.executeQuery()) {
                    if (!found.next()) {
                        statement.execute("alter table " + table + " set (fillfactor = " + FILLED + ")");
                    }
                }
            }
        }
    }
}
