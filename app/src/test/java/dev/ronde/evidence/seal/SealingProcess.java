package dev.ronde.evidence.seal;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.TestLedger;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.platform.db.Migrations;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process of its own that appends and seals, with several threads, until it is done or somebody kills it. */
public final class SealingProcess {
    private SealingProcess() {}

    /**
     * @param args home, URL, user and password (the last two are empty for H2), guard file of the node, threads, and batches of
     *     20 records each thread appends and seals
     */
    public static void main(String[] args) throws Exception {
        DatabaseUrl url =
                new DatabaseUrl(args[1], args[2].isEmpty() ? null : args[2], args[3].isEmpty() ? null : args[3]);
        Migrations.migrate(url, null, Instant.EPOCH);
        InstantSource clock = InstantSource.system();
        Path guard = Path.of(args[4]);
        String node = guard.getFileName().toString();
        EvidenceLog log = new EvidenceLog(clock, node);
        int threads = Integer.parseInt(args[5]);
        try (Database database = Database.open(url, threads + 2)) {
            Ledger ledger = Ledger.open(files(Path.of(args[0]), guard), database, log, clock);
            List<Callable<Object>> work = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = node + "-" + thread;
                work.add(() -> {
                    for (int n = 1; n <= Integer.parseInt(args[6]); n++) {
                        appendAndSeal(database, ledger, log, name + "-" + n);
                        System.out.println("appended " + 20 * n);
                    }
                    return true;
                });
            }
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            for (Future<Object> done : pool.invokeAll(work)) {
                done.get();
            }
            pool.shutdown();
        }
    }

    private static void appendAndSeal(Database database, Ledger ledger, EvidenceLog log, String asset) {
        for (int i = 0; i < 20; i++) {
            database.useTransaction(
                    tx -> log.append(tx, Evidence.of("asset.updated", Actor.SYSTEM, Subject.of("asset", asset))));
        }
        ledger.seal();
    }

    /** The keys are shared; the guard file is the node's own. */
    private static LedgerFiles files(Path home, Path guard) {
        LedgerFiles shared = TestLedger.files(home);
        return new LedgerFiles(
                TestLedger.ORIGIN,
                true,
                shared.ledgerKey(),
                shared.exportKey(),
                guard,
                shared.checkpoints(),
                shared.exports());
    }
}
