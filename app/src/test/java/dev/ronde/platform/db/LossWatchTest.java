package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 database that closes itself, as it does when its file cannot be written. */
final class LossWatchTest {
    @TempDir
    private Path folder;

    @Test
    void whoeverRunsItIsTold() throws Exception {
        DatabaseUrl url = DatabaseUrl.h2File(folder.resolve("ronde"));
        try (Database database = Database.openMigrated(url, 2, folder, Instant.EPOCH)) {
            CompletableFuture<String> lost = database.lost();
            assertThat(lost).isNotDone();
            try (Connection owner = Migrations.connectAsOwner(url);
                    Statement statement = owner.createStatement()) {
                statement.execute("shutdown immediately");
            }
            assertThat(lost.get(20, TimeUnit.SECONDS))
                    .contains("has closed itself", "disk is full", folder.toString())
                    .doesNotContain("\n");
        }
    }

    @Test
    void whoeverClosesItIsNotTold() {
        DatabaseUrl url = DatabaseUrl.h2File(folder.resolve("ronde"));
        Database database = Database.openMigrated(url, 2, folder, Instant.EPOCH);
        database.close();
        assertThat(database.lost()).isNotDone();
    }
}
