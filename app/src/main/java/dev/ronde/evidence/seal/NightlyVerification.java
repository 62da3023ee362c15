package dev.ronde.evidence.seal;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Daily;
import dev.ronde.platform.schedule.Tick;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies the whole ledger once a night and records the result, good or bad, as {@code verify.run}. */
public record NightlyVerification(Ledger ledger, Database database, EvidenceLog evidence) {
    private static final Logger log = LoggerFactory.getLogger(NightlyVerification.class);
    private static final LocalTime AT = LocalTime.of(3, 10);
    private static final int SHOWN = 10;

    /** The daily tick, at 03:10 in {@code zone}. */
    public Tick tick(ZoneId zone) {
        return new Daily("ledger-verify", AT, zone, database, now -> {
            run(Actor.SYSTEM);
            return 1;
        });
    }

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

    /**
     * One verification.
     *
     * @param at when it was recorded, UTC
     * @param treeSize records looked at
     * @param faultCount what did not fit
     */
    public record Run(Instant at, boolean good, String treeSize, String faultCount) {}

    /** What the newest one found, from its record; empty before the first night. */
    public Optional<Run> newest() {
        return database.read(handle -> handle.attach(SealDao.class).findNewestPayload("verify.run"))
                .map(NightlyVerification::read);
    }

    private static Run read(byte[] payload) {
        Map<String, Object> record = Canonical.parse(payload);
        Map<?, ?> data = record.get("data") instanceof Map<?, ?> map ? map : Map.of();
        return new Run(
                Instant.parse(String.valueOf(record.get("recordedAt"))),
                "good".equals(data.get("outcome")),
                String.valueOf(data.get("treeSize")),
                String.valueOf(data.get("faultCount")));
    }
}
