package dev.ronde.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all tests on H2 stand on. */
class MigratedH2Test {
    @Test
    void theCopyIsWhatTheMigrationsMake() throws SQLException {
        DatabaseUrl migrated = DatabaseUrl.h2Memory("migrated-itself");
        DatabaseUrl filled = DatabaseUrl.h2Memory("filled");
        Leftovers.remove(() -> List.of(migrated, filled).forEach(MigratedH2::end));
        Migrations.migrate(migrated, null, Instant.EPOCH);
        MigratedH2.fill(filled);
        assertThat(script(filled)).containsExactlyInAnyOrderElementsOf(script(migrated));
        assertThat(Migrations.version(filled)).isEqualTo(Migrations.version(migrated));
        assertThat(Migrations.unprotectedTables(filled)).isEmpty();
    }

    /** Everything that makes it again, but for rows, which tell when each migration ran, and for passwords, which are salted. */
    private static List<String> script(DatabaseUrl url) throws SQLException {
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement();
                ResultSet lines = statement.executeQuery("script nodata nopasswords nosettings")) {
            List<String> script = new ArrayList<>();
            while (lines.next()) {
                String line = lines.getString(1);
                if (!line.startsWith("-- ")) {
                    script.add(line);
                }
            }
            return script;
        }
    }
}
