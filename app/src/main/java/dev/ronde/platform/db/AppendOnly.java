package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the tables that migrations list in {@code append_only_table} refuse UPDATE, DELETE and TRUNCATE in the database itself
 * ({@code evidence.md} L8), but for what retention and erasure take ({@link Exemption}). A seat belt against bugs and casual edits; the tamper
 * evidence is the ledger.
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
                            + "' and (privilege_type = 'UPDATE' and table_name not in (" + exempt(false)
                            + ") or privilege_type = 'DELETE' and table_name not in (" + exempt(true) + "))"));
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
                Exemption exemption = Exemption.ALL.get(table);
                if (exemption != null) {
                    String right = exemption.columns().isEmpty() ? "delete" : "update";
                    statement.execute("grant " + right + " on " + table + " to " + DatabaseUrl.H2_APP);
                }
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
                      if tg_level = 'ROW' then
                        if tg_op = 'DELETE' and tg_table_name in (%s) then
                          return old;
                        end if;
                        if tg_op = 'UPDATE' and tg_table_name in (%s) and not exists (
                            select 1 from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o using (key)
                             where n.value is distinct from o.value and not (
                               n.value in ('null', '"%s"') and (%s))) then
                          return new;
                        end if;
                      end if;
                      raise exception 'append-only table %%: rows are never changed or deleted', tg_table_name
                        using errcode = '42501';
                    end $$""".formatted(exempt(true), exempt(false), Exemption.ERASED, erasable()));
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

    private static String exempt(boolean rows) {
        return quoted(Exemption.ALL.entrySet().stream()
                .filter(table -> table.getValue().columns().isEmpty() == rows)
                .map(Map.Entry::getKey)
                .toList());
    }

    /** Whether a change of the column {@code key} of a row is exempt, for PostgreSQL. */
    private static String erasable() {
        return Exemption.ALL.entrySet().stream()
                .filter(table -> !table.getValue().columns().isEmpty())
                .map(table -> "tg_table_name = '" + table.getKey() + "' and key in ("
                        + quoted(table.getValue().columns()) + ")" + onlyWhere(table.getValue()))
                .collect(Collectors.joining(" or "));
    }

    private static String onlyWhere(Exemption exemption) {
        return exemption.column().isEmpty()
                ? ""
                : " and to_jsonb(old) ->> '" + exemption.column() + "' in (" + quoted(exemption.values()) + ")";
    }

    private static String quoted(List<String> words) {
        return words.stream().sorted().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
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
