package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the tables that migrations list in {@code append_only_table} refuse UPDATE, DELETE and TRUNCATE in the database itself
 * ({@code evidence.md} L8). A seat belt against bugs and casual edits; the tamper evidence is the ledger.
 */
final class AppendOnly {
    private static final Logger log = LoggerFactory.getLogger(AppendOnly.class);

    private AppendOnly() {}

    /** Creates what is missing, as the owner. On PostgreSQL a user without the right leaves the tables unprotected; doctor says so. */
    static void protect(Connection owner, Dialect dialect) throws SQLException {
        List<String> tables = strings(owner, "select name from append_only_table order by name");
        if (dialect == Dialect.H2) {
            protectH2(owner, tables);
        } else {
            try {
                protectPostgres(owner, tables);
            } catch (SQLException e) {
                log.warn(
                        "append-only tables are not protected: the database user may not create triggers ({})",
                        e.getSQLState());
            }
        }
    }

    /** The append-only tables that have no trigger, for doctor. */
    static List<String> unprotected(Connection connection, Dialect dialect) throws SQLException {
        List<String> protectedTables = dialect == Dialect.H2
                ? strings(connection, "select event_object_table from information_schema.triggers")
                : strings(connection, """
                    select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
                    where t.tgname like 'append\\_only%' and t.tgenabled = 'A'""");
        List<String> missing = new ArrayList<>(strings(connection, "select name from append_only_table order by name"));
        missing.removeAll(protectedTables);
        return missing;
    }

    private static void protectH2(Connection owner, List<String> tables) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(
                    "create user if not exists " + DatabaseUrl.H2_APP + " password '" + DatabaseUrl.H2_APP + "'");
            for (String table :
                    strings(owner, "select table_name from information_schema.tables where table_schema = 'public'")) {
                String rights = tables.contains(table) || table.equals("append_only_table")
                        ? "select, insert"
                        : "select, insert, update, delete";
                statement.execute("grant " + rights + " on " + table + " to " + DatabaseUrl.H2_APP);
            }
            for (String table : tables) {
                statement.execute("create trigger if not exists append_only_" + table + " before update, delete on "
                        + table + " for each row call '" + AppendOnlyTrigger.class.getName() + "'");
            }
        }
    }

    private static void protectPostgres(Connection owner, List<String> tables) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("""
                    create or replace function append_only_refuse() returns trigger language plpgsql as $$
                    begin
                      raise exception 'append-only table %: rows are never changed or deleted', tg_table_name
                        using errcode = '42501';
                    end $$""");
            for (String table : tables) {
                if (exists(owner, table, "append_only_row_" + table)) {
                    continue;
                }
                statement.execute("create trigger append_only_row_" + table + " before update or delete on " + table
                        + " for each row execute function append_only_refuse()");
                statement.execute("create trigger append_only_all_" + table + " before truncate on " + table
                        + " for each statement execute function append_only_refuse()");
                statement.execute("alter table " + table + " enable always trigger append_only_row_" + table);
                statement.execute("alter table " + table + " enable always trigger append_only_all_" + table);
            }
        }
    }

    private static boolean exists(Connection connection, String table, String trigger) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select 1 from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relname = ? and t.tgname = ?")) {
            query.setString(1, table);
            query.setString(2, trigger);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static List<String> strings(Connection connection, String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
