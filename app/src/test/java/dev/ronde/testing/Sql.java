package dev.ronde.testing;

import dev.ronde.platform.db.Database;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/** Reads one column with a query; what is bound is given as names and values. */
public final class Sql {
    private Sql() {}

    public static long number(Database database, String query, Object... bound) {
        return database.read(handle ->
                with(handle.createQuery(query), bound).mapTo(Long.class).one());
    }

    public static String text(Database database, String query, Object... bound) {
        return database.read(handle ->
                with(handle.createQuery(query), bound).mapTo(String.class).one());
    }

    public static List<String> texts(Database database, String query, Object... bound) {
        return database.read(handle ->
                with(handle.createQuery(query), bound).mapTo(String.class).list());
    }

    private static Query with(Query query, Object... bound) {
        for (int i = 0; i < bound.length; i += 2) {
            query.bind((String) bound[i], bound[i + 1]);
        }
        return query;
    }
}
