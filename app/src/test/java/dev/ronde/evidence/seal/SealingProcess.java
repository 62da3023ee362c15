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

/** A process of its own that appends and seals without end, until somebody kills it. */
public final class SealingProcess {
    private SealingProcess() {}

    /** @param args home, URL, user and password; the last two are empty for H2 */
    public static void main(String[] args) {
        DatabaseUrl url =
                new DatabaseUrl(args[1], args[2].isEmpty() ? null : args[2], args[3].isEmpty() ? null : args[3]);
        Migrations.migrate(url, null, Instant.EPOCH);
        InstantSource clock = InstantSource.system();
        EvidenceLog log = new EvidenceLog(clock, "killed");
        try (Database database = Database.open(url, 4)) {
            Ledger ledger = Ledger.open(TestLedger.files(Path.of(args[0])), database, log, clock);
            for (int n = 1; ; n++) {
                String name = "asset-" + n;
                for (int i = 0; i < 20; i++) {
                    database.useTransaction(tx ->
                            log.append(tx, Evidence.of("asset.updated", Actor.SYSTEM, Subject.of("asset", name))));
                }
                System.out.println("appended " + 20 * n);
                ledger.seal();
            }
        }
    }
}
