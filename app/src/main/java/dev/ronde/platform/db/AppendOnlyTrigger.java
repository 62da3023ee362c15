package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** H2's side of append-only tables: refuses UPDATE and DELETE of any row. */
public final class AppendOnlyTrigger implements Trigger {
    @Override
    public void fire(Connection connection, @Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after)
            throws SQLException {
        throw new SQLException("append-only table: rows are never changed or deleted", "42501");
    }
}
