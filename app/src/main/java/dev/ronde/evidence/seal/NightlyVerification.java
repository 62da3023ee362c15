package dev.ronde.evidence.seal;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import java.time.LocalTime;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the whole ledger once a night and records the result, good or bad, as {@code verify.run}. */
public final class NightlyVerification {
    private static final Logger log = LoggerFactory.getLogger(NightlyVerification.class);
    private static final LocalTime AT = LocalTime.of(3, 10);
    private static final int SHOWN = 10;

    private final Ledger ledger;
    private final Database database;
    private final EvidenceLog evidence;

    public NightlyVerification(Ledger ledger, Database database, EvidenceLog evidence) {
        this.ledger = ledger;
        this.database = database;
        this.evidence = evidence;
    }

    /** The daily tick, at 03:10 in {@code zone}. */
    public Tick tick(ZoneId zone) {
        return new Daily("ledger-verify", AT, zone, database, now -> {
            run(Actor.SYSTEM);
            return 1;
        });
    }

    /** Verifies now and records the result. */
    public LedgerReport run(Actor by) {
        LedgerReport report = ledger.verify();
        if (!report.good()) {
            log.error(
                    "ledger verification found {} faults: {}",
                    report.faults().size() + report.more(),
                    report.faults().get(0));
        }
        database.useTransaction(tx -> evidence.append(
                tx,
                Evidence.of(
                                "verify.run",
                                by,
                                Subject.of("ledger", ledger.verifierKey().keyId()))
                        .data("outcome", report.good() ? "good" : "bad")
                        .data("treeSize", report.size())
                        .data("records", report.records())
                        .data("faultCount", report.faults().size() + report.more())
                        .data("faults", report.faults().stream().limit(SHOWN).toList())
                        .data("warnings", report.warnings())));
        return report;
    }
}
