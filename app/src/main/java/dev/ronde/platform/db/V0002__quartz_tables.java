package dev.ronde.platform.db;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.Locale;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Quartz's own tables, read from its jar: its PostgreSQL script without the DROPs runs on both databases. */
final class V0002__quartz_tables extends BaseJavaMigration {
    private static final String SCRIPT = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";

    @Override
    public void migrate(Context context) throws Exception {
        try (Statement statement = context.getConnection().createStatement()) {
            for (String sql : script().split(";", -1)) {
                String upper = sql.strip().toUpperCase(Locale.ROOT);
                if (upper.startsWith("CREATE")) {
                    statement.execute(sql.strip());
                }
            }
        }
    }

    private static String script() throws IOException {
        try (InputStream in = V0002__quartz_tables.class.getResourceAsStream(SCRIPT)) {
            if (in == null) {
                throw new IOException("Quartz's jar lacks " + SCRIPT);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^\\s*--.*$", "");
        }
    }
}
