package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the tables that migrations list in {@code append_only_table} refuse UPDATE, DELETE and TRUNCATE in the database itself
 * ({@code evidence.md} L8). A seat belt against bugs and casual edits; the tamper evidence is the ledger.
 */
final class AppendOnly {
    private static final Logger log = LoggerFactory.getLogger(AppendOnly.class);

    private AppendOnly() {}

    /** Runs as the owner; without the right on PostgreSQL the tables stay unprotected, and doctor says so. */
    static void protect(Connection owner, Dialect dialect) throws SQLException {
        if (dialect == Dialect.H2) {
            protectH2(owner);
        } else {
            try {
                protectPostgres(owner);
            } catch (SQLException e) {
                log.warn(
                        "append-only tables are not protected: the database user may not create triggers ({})",
                        e.getSQLState());
            }
        }
    }

    /** For doctor: the trigger is missing, off or skipped for replicas, or the program's own H2 user may change rows. */
    static List<String> unprotected(Connection connection, Dialect dialect) throws SQLException {
        List<String> protectedTables = new ArrayList<>(
                dialect == Dialect.H2
                        ? strings(
                                connection,
                                "select event_object_table from information_schema.triggers"
                                        + " where event_object_schema = current_schema and trigger_name like 'append\\_only%'")
                        : strings(connection, """
                            select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
                            where t.tgenabled = 'A' and c.relnamespace = current_schema()::regnamespace
                              and t.tgname in ('append_only_row_' || c.relname, 'append_only_all_' || c.relname)
                            group by c.relname having count(*) = 2"""));
        if (dialect == Dialect.H2) {
            protectedTables.removeAll(strings(
                    connection,
                    "select table_name from information_schema.table_privileges where table_schema = current_schema and lower(grantee) = '"
                            + DatabaseUrl.H2_APP.toLowerCase(Locale.ROOT)
                            + "' and privilege_type in ('UPDATE', 'DELETE')"));
        }
        List<String> missing = new ArrayList<>(tables(connection));
        missing.removeAll(protectedTables);
        return missing;
    }

    private static void protectH2(Connection owner) throws SQLException {
        List<String> tables = tables(owner);
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
                statement.execute("revoke update, delete on " + table + " from " + DatabaseUrl.H2_APP);
                statement.execute("create trigger if not exists append_only_" + table + " before update, delete on "
                        + table + " for each row call '" + AppendOnlyTrigger.class.getName() + "'");
            }
        }
    }

    private static void protectPostgres(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("""
                    create or replace function append_only_refuse() returns trigger language plpgsql as $$
                    begin
                      raise exception 'append-only table %: rows are never changed or deleted', tg_table_name
                        using errcode = '42501';
                    end $$""");
            for (String table : unprotected(owner, Dialect.POSTGRESQL)) {
                String row = "append_only_row_" + table;
                String all = "append_only_all_" + table;
                statement.execute("create or replace trigger " + row + " before update or delete on " + table
                        + " for each row execute function append_only_refuse()");
                statement.execute("create or replace trigger " + all + " before truncate on " + table
                        + " for each statement execute function append_only_refuse()");
                statement.execute(
                        "alter table " + table + " enable always trigger " + row + ", enable always trigger " + all);
            }
        }
    }

    private static List<String> tables(Connection connection) throws SQLException {
        return strings(connection, "select name from append_only_table order by name");
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
