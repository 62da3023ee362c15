package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Elsewhere;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies while a large transaction is being committed to its H2 file leaves all of it or nothing, and no row that nobody can
 * change any more. Fails within some few kills where H2's leftovers are left to H2 (decision 075).
 */
@Tag("long")
class KilledCommitTest {
    private static final long SEED = 20_191_231;
    private static final int ROWS = 30_000;

    @TempDir
    Path folder;

    @Test
    void aTransactionIsThereWholeOrNotAtAll() throws Exception {
        int kills = "full".equals(System.getProperty("ronde.scale")) ? 100 : 3;
        Random random = new Random(SEED);
        Path file = folder.resolve("commit");
        DatabaseUrl url = DatabaseUrl.h2File(file);
        Migrations.migrate(url, null, Instant.EPOCH);
        try (Database database = Database.open(url, 2)) {
            database.useTransaction(tx -> tx.createUpdate("""
                            insert into due (subject_id, kind, ref_id, next_due_at, attempts)
                            select random_uuid(), 'mark', cast("X" as varchar), :at, 0 from system_range(1, :rows)""")
                    .bind("at", Instant.parse("2026-03-02T08:00:00Z"))
                    .bind("rows", ROWS)
                    .execute());
        }
        for (int kill = 1; kill <= kills; kill++) {
            commitAndDie(file, 500 + random.nextInt(1_500));
            String when = "seed " + SEED + ", kill " + kill;
            try (Database database = Database.open(url, 2)) {
                List<Integer> seen = database.read(handle -> handle.createQuery("select distinct attempts from due")
                        .mapTo(Integer.class)
                        .list());
                assertThat(seen).as(when).hasSize(1);
                int changed = Elsewhere.supply(() ->
                                database.inTransaction(tx -> tx.execute("update due set attempts = attempts + 1")))
                        .get(60, TimeUnit.SECONDS);
                assertThat(changed).as(when).isEqualTo(ROWS);
            }
        }
    }

    private void commitAndDie(Path file, int millis) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledCommit.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            for (int i = 0; i < 600 && !Files.readString(said).contains(KilledCommit.GO); i++) {
                LockSupport.parkNanos(50_000_000);
            }
            assertThat(Files.readString(said)).contains(KilledCommit.GO);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
