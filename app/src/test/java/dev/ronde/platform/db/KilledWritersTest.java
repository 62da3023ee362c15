package dev.ronde.platform.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that dies while several threads write to its H2 file leaves a whole file: every transaction that was committed is there, any
 * other is there or not, and tables agree with their indexes. Fails within some ten kills where two transactions may write at once, and
 * within some three where H2 writes the header of the file by itself.
 */
@Tag("long")
class KilledWritersTest {
    private static final long SEED = 20_191_205;

    @TempDir
    Path folder;

    @Test
    void theFileIsWholeAfterEveryKill() throws IOException, InterruptedException {
        int kills = "full".equals(System.getProperty("ronde.scale")) ? 150 : 10;
        Random random = new Random(SEED);
        for (int kill = 1; kill <= kills; kill++) {
            Path file = folder.resolve("writers" + kill / 10);
            DatabaseUrl url = DatabaseUrl.h2File(file);
            Migrations.migrate(url, null, Instant.EPOCH);
            long seed = random.nextLong();
            List<Integer> committed = writeAndDie(file, seed, 100 + random.nextInt(700));
            try (Database database = Database.open(url, 2)) {
                String when = "seed " + SEED + ", kill " + kill;
                assertThat(missing(database, seed, committed)).as(when).isEmpty();
                database.useTransaction(tx -> requireWhole(tx, when));
            }
        }
    }

    /** Returns the transactions that were committed before the kill. */
    private List<Integer> writeAndDie(Path file, long seed, int millis) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx300m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWriters.class.getName(),
                        file.toString(),
                        String.valueOf(seed)))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            for (int i = 0; i < 600 && !Files.readString(said).contains(KilledWriters.GO); i++) {
                LockSupport.parkNanos(50_000_000);
            }
            assertThat(Files.readString(said)).contains(KilledWriters.GO);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (Stream<String> lines = Files.lines(said)) {
            return lines.filter(line -> line.startsWith(KilledWriters.COMMITTED))
                    .map(line -> Integer.parseInt(line.substring(KilledWriters.COMMITTED.length())))
                    .toList();
        }
    }

    private static List<Integer> missing(Database database, long seed, List<Integer> committed) {
        Set<UUID> there = database.read(handle -> handle.createQuery("select subject_id from due where kind = 'mark'")
                .mapTo(UUID.class)
                .set());
        return committed.stream()
                .filter(transaction -> !there.contains(
                        KilledWriters.mark(String.valueOf(seed), transaction).subjectId()))
                .toList();
    }

    private static void requireWhole(Handle tx, String when) {
        long lefts = count(tx, "select count(*), count(attempts) from due where kind = 'left'");
        assertThat(count(tx, "select count(*), count(attempts) from due where kind = 'right'"))
                .as(when)
                .isEqualTo(lefts);
        assertThat(count(tx, """
                        select count(*), count(r.attempts) from due l join due r on r.subject_id = l.subject_id and r.kind = 'right'
                        and r.ref_id = l.ref_id and r.next_due_at = l.next_due_at where l.kind = 'left'""")).as(when).isEqualTo(lefts);
        assertThat(count(tx, """
                        select count(*), count(attempts) from due where kind = 'left' and next_due_at >= timestamp with time zone '2026-03-02 00:00:00+00'""")).as(when).isEqualTo(lefts);
        assertThat(tx.execute("update due set attempts = attempts + 1 where kind <> 'mark'"))
                .as(when + ": no row is held by who died")
                .isEqualTo((int) (2 * lefts));
    }

    /** The second column needs the row itself, not only an index. */
    private static long count(Handle tx, String query) {
        return tx.createQuery(query).map((row, context) -> row.getLong(2)).one();
    }
}
