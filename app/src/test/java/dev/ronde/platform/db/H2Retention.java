package dev.ronde.platform.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets H2 use the place of what no longer counts at once, so that a test need not wait for it. */
final class H2Retention {
    private H2Retention() {}

    static void none(DatabaseUrl url) throws SQLException {
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute("set retention_time 0");
        }
    }
}
