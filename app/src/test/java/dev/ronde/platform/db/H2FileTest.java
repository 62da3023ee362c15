package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.schedule.CompactionTick;
import dev.ronde.platform.schedule.DueKey;
import dev.ronde.platform.schedule.DueTable;
import dev.ronde.testing.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An H2 file in use grows with what is in it, not with the number of commits. */
class H2FileTest {
    private static final long SEED = 20_191_231;
    private static final int ROWS = 4_000;

    @TempDir
    Path folder;

    @Test
    void theFileIsKeptSmallWhileItIsInUse() throws IOException, SQLException {
        long left = sizeAfterManyCommits(folder.resolve("left"), false);
        assertThat(sizeAfterManyCommits(folder.resolve("kept"), true)).isLessThan(left / 2);
    }

    private long sizeAfterManyCommits(Path file, boolean compacted) throws IOException, SQLException {
        DatabaseUrl url = DatabaseUrl.h2File(file);
        Migrations.migrate(url, null, Instant.EPOCH);
        Random random = new Random(SEED);
        try (Database database = Database.open(url, 2)) {
            H2Retention.none(url);
            CompactionTick tick = new CompactionTick(database);
            DueTable due = new DueTable(database, InstantSource.system());
            for (int commit = 0; commit < 400; commit++) {
                Map<DueKey, Instant> rows = new HashMap<>();
                for (int i = 0; i < 10; i++) {
                    rows.put(
                            new DueKey(new UUID(1, commit * 10L + i), "kind", "x"),
                            Instant.ofEpochSecond(random.nextInt(1_000_000)));
                }
                database.useTransaction(tx -> rows.forEach((key, at) -> due.schedule(tx, key, at)));
                if (compacted && commit % 20 == 0) {
                    assertThat(tick.run(Instant.EPOCH)).isZero();
                }
            }
            assertThat(Sql.number(database, "select count(*) from due")).isEqualTo(ROWS);
            return Files.size(Path.of(file + ".mv.db"));
        }
    }
}
