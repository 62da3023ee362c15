package dev.ronde.bench;

import dev.ronde.platform.config.Setting;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** A real PostgreSQL for a bench, with durable commits. */
final class Databases implements AutoCloseable {
    private final EmbeddedPostgres server;
    private int count;

    Databases() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("max_connections", "200")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** Settings of a new, empty database. */
    Map<Setting, String> fresh() throws SQLException {
        count++;
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create database bench_" + count);
        }
        return Map.of(
                Setting.DB_URL,
                server.getJdbcUrl("postgres", "bench_" + count),
                Setting.DB_USER,
                "postgres",
                Setting.DB_PASSWORD,
                "postgres");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
