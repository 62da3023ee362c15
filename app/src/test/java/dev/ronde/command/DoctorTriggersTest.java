package dev.ronde.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import dev.ronde.testing.Terminal;
import dev.ronde.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL user who may make tables and no triggers: everything works, and doctor warns. */
final class DoctorTriggersTest {
    private static final String USER = "no_triggers";

    @TempDir
    Path home;

    @Test
    void warnsWhereTheDatabaseUserMayNotCreateTriggers() throws SQLException {
        DatabaseUrl administrator = TestDatabase.emptyPostgres();
        execute(
                administrator,
                "create role " + USER + " login password '" + USER + "'",
                "grant create, usage on schema public to " + USER,
                // a trigger needs a function, and a function its language
                "revoke usage on language plpgsql from public");
        String address = administrator.url().split("\\?", -1)[0];
        Map<String, String> environment = Map.of(
                "RONDE_HOME", home.toString(),
                "RONDE_DB_URL", address,
                "RONDE_DB_USER", USER,
                "RONDE_DB_PASSWORD", USER);

        Terminal.Run user = Terminal.run(environment, "", "user", "list");
        assertThat(user.code()).as(user.err()).isZero();
        Terminal.Run doctor = Terminal.run(environment, "", "doctor");
        assertThat(doctor.out().lines().filter(line -> line.startsWith("fail")))
                .as("a warning is no failure; the clock of the test is another one than the database's")
                .allMatch(line -> line.startsWith("fail  clock"));
        assertThat(doctor.out())
                .containsPattern("warn  database +These tables should refuse changes but do not: .*evidence_record")
                .contains("Let the database user create triggers, then run ronde migrate.");

        execute(administrator, "grant usage on language plpgsql to " + USER);
        assertThat(Terminal.run(environment, "", "migrate").code()).isZero();
        assertThat(Terminal.run(environment, "", "doctor").out())
                .contains("ok    database  " + address)
                .doesNotContain("should refuse changes");
    }

    private static void execute(DatabaseUrl url, String... statements) throws SQLException {
        try (Connection connection = Migrations.connectAsOwner(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
