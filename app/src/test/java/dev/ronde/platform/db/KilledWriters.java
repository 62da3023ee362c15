package dev.ronde.platform.db;

import dev.ronde.platform.schedule.DueKey;
import dev.ronde.platform.schedule.DueTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A process of its own whose four threads write pairs of rows, and sometimes move or remove some, while the file is compacted, until
 * somebody kills it. It says of each transaction when it was committed.
 */
final class KilledWriters {
    static final String GO = "writing";
    static final String COMMITTED = "committed ";

    private static final int THREADS = 4;
    private static final int BUCKETS = 50;
    private static final AtomicInteger TRANSACTIONS = new AtomicInteger();

    private KilledWriters() {}

    /** The row by which a transaction of this process is known again. */
    static DueKey mark(String process, int transaction) {
        return new DueKey(new UUID(Long.parseLong(process), transaction), "mark", "x");
    }

    public static void main(String[] arguments) throws SQLException {
        DatabaseUrl url = DatabaseUrl.h2File(Path.of(arguments[0]));
        Database database = Database.open(url, 10);
        H2Retention.none(url);
        DueTable due = new DueTable(database, InstantSource.system());
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(Long.parseLong(arguments[1]) + thread);
            new Thread(() -> write(database, due, random, arguments[1])).start();
        }
        new Thread(() -> compact(database)).start();
        System.out.println(GO);
    }

    private static void write(Database database, DueTable due, Random random, String process) {
        while (true) {
            int transaction = TRANSACTIONS.incrementAndGet();
            Map<DueKey, Instant> rows = new HashMap<>();
            for (int i = 20 + random.nextInt(100); i > 0; i--) {
                UUID pair = UUID.randomUUID();
                Instant at = at(random.nextInt(BUCKETS));
                rows.put(new DueKey(pair, "left", "x"), at);
                rows.put(new DueKey(pair, "right", "x"), at);
            }
            try {
                database.useTransaction(tx -> {
                    // row by row, so that the others' commits come in between
                    rows.forEach((key, at) -> due.schedule(tx, key, at));
                    if (random.nextInt(3) == 0) {
                        tx.createUpdate(
                                        "update due set next_due_at = :to, attempts = attempts + 1 where next_due_at = :from")
                                .bind("from", at(random.nextInt(BUCKETS)))
                                .bind("to", at(random.nextInt(BUCKETS)))
                                .execute();
                    }
                    due.schedule(tx, mark(process, transaction), at(BUCKETS));
                });
                System.out.println(COMMITTED + transaction);
            } catch (RuntimeException e) {
                // two of them moved the same rows; the next one tries others
                Thread.yield();
            }
        }
    }

    private static void compact(Database database) {
        while (true) {
            database.compact();
            LockSupport.parkNanos(30_000_000);
        }
    }

    private static Instant at(int bucket) {
        return Instant.parse("2026-03-02T08:00:00Z").plus(Duration.ofHours(bucket));
    }
}
