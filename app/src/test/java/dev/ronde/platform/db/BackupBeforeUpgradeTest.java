package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ronde.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an H2 home keeps of itself before a newer program changes its schema. */
final class BackupBeforeUpgradeTest {
    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final String NAME = "before-upgrade-from-1001-20260302T080000.zip";

    @TempDir
    Path home;

    @Test
    void anOlderSchemaIsKeptAndTheBackupBringsItBack() throws IOException, SQLException {
        DatabaseUrl url = older(home.resolve("ronde"));
        Path backups = home.resolve("backups");

        Migrations.migrate(url, backups, NOW);

        assertThat(names(backups)).containsExactly(NAME);
        assertThat(Migrations.version(url)).isNotEqualTo("1001");
        DatabaseUrl again = DatabaseUrl.h2File(home.resolve("again"));
        try (BackupFile backup = BackupFile.open(backups.resolve(NAME))) {
            assertThat(backup.manifest().schema()).isEqualTo("1001");
            assertThat(backup.manifest().createdAt()).isEqualTo(NOW);
            assertThat(backup.seal()).isEmpty();
            DatabaseCopy.restore(backup, again);
        }
        assertThat(Migrations.unprotectedTables(again)).isEmpty();
        assertThat(Migrations.version(again)).isEqualTo(Migrations.version(url));
        try (Database database = Database.open(again, 2)) {
            List<String> kept = Sql.texts(database, "select key_hash from allowance");
            assertThat(kept).containsExactly("kept");
        }
    }

    @Test
    void theNewestThreeAreKeptAndNothingElseIsTouched() throws IOException, SQLException {
        Path backups = Files.createDirectories(home.resolve("backups"));
        for (int day = 1; day <= 4; day++) {
            Path old = Files.writeString(
                    backups.resolve("before-upgrade-from-000" + (5 - day) + "-2020010" + day + "T000000.zip"), "");
            // as a copy of the folder may leave them: the oldest last, and later than what is made now
            Files.setLastModifiedTime(old, FileTime.from(Instant.parse("2999-01-0" + (5 - day) + "T00:00:00Z")));
        }
        Files.writeString(backups.resolve("mine.zip"), "");
        Files.writeString(backups.resolve("before-upgrade-from-0001-mine.zip"), "");

        Migrations.migrate(older(home.resolve("ronde")), backups, NOW);
        Migrations.migrate(DatabaseUrl.h2File(home.resolve("ronde")), backups, NOW.plusSeconds(1));

        assertThat(names(backups))
                .containsExactlyInAnyOrder(
                        "before-upgrade-from-0002-20200103T000000.zip",
                        "before-upgrade-from-0001-20200104T000000.zip",
                        NAME,
                        "mine.zip",
                        "before-upgrade-from-0001-mine.zip");
    }

    @Test
    void aBackupThatCannotBeWrittenKeepsTheOthersAndStopsTheUpgrade() throws IOException, SQLException {
        Path backups = Files.createDirectories(home.resolve("backups/before-upgrade.part"))
                .getParent();
        for (int day = 1; day <= 3; day++) {
            Files.writeString(backups.resolve("before-upgrade-from-0001-2020010" + day + "T000000.zip"), "");
        }
        DatabaseUrl url = older(home.resolve("ronde"));

        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> Migrations.migrate(url, backups, NOW))
                .withMessageContaining("before-upgrade.part");

        assertThat(names(backups)).hasSize(4).doesNotContain(NAME);
        assertThat(Migrations.version(url)).isEqualTo("1001");
    }

    private static DatabaseUrl older(Path file) throws SQLException {
        DatabaseUrl url = DatabaseUrl.h2File(file);
        Migrations.migrateTo(url, "1001");
        try (Connection owner = Migrations.connectAsOwner(url);
                Statement statement = owner.createStatement()) {
            statement.execute(
                    "insert into allowance (key_hash, paid_until) values ('kept', timestamp with time zone '2026-03-02 08:00:00+00')");
            AppendOnly.protect(owner, Dialect.H2);
        }
        return url;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
