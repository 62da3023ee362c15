package dev.ronde.testing;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A fresh, migrated database of one kind. PostgreSQL is one server per JVM; each database is a copy of a migrated one. */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final String TEMPLATE = "ronde_template";

    private final Database database;

    private TestDatabase(Database database) {
        this.database = database;
    }

    public static TestDatabase open(DatabaseKind kind) {
        return new TestDatabase(Database.open(migratedUrl(kind), 10));
    }

    /** The address of a new, migrated database, for tests that open it themselves. */
    public static DatabaseUrl migratedUrl(DatabaseKind kind) {
        return switch (kind) {
            case H2 -> {
                DatabaseUrl url =
                        DatabaseUrl.h2Memory("test" + ProcessHandle.current().pid() + "_" + COUNTER.incrementAndGet());
                MigratedH2.fill(url);
                Leftovers.remove(() -> MigratedH2.end(url));
                yield url;
            }
            case POSTGRESQL -> createFrom(TEMPLATE);
        };
    }

    /** The settings with which an app uses a new, migrated database of this kind; on H2 that of its home. */
    public static Map<Setting, String> settings(DatabaseKind kind) {
        if (kind == DatabaseKind.H2) {
            return Map.of();
        }
        DatabaseUrl url = migratedUrl(kind);
        return Map.of(
                Setting.DB_URL, url.url(),
                Setting.DB_USER, String.valueOf(url.user()),
                Setting.DB_PASSWORD, String.valueOf(url.password()));
    }

    /** The address of a new, empty PostgreSQL database. */
    public static DatabaseUrl emptyPostgres() {
        return createFrom("template1");
    }

    private static DatabaseUrl createFrom(String template) {
        String name = "test_" + COUNTER.incrementAndGet();
        Server.execute("create database " + name + " template " + template);
        Leftovers.remove(() -> Server.execute("drop database if exists " + name + " with (force)"));
        return Server.url(name);
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }

    /** The one PostgreSQL server of this JVM. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_wal_size", "256MB")
                        .setDataDirectory(Leftovers.forgottenFolder("ronde-postgres"))
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start();
                try (Connection connection = server.getPostgresDatabase().getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create database " + TEMPLATE);
                }
                Migrations.migrate(urlOf(server, TEMPLATE), null, Instant.EPOCH);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        static DatabaseUrl url(String name) {
            return urlOf(POSTGRES, name);
        }

        private static DatabaseUrl urlOf(EmbeddedPostgres server, String name) {
            return new DatabaseUrl(server.getJdbcUrl("postgres", name), "postgres", "postgres");
        }

        static synchronized void execute(String sql) {
            try (Connection connection = POSTGRES.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
