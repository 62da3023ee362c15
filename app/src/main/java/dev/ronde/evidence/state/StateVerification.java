package dev.ronde.evidence.state;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the tables with the records once a night and on demand, and records the result, good or bad, as {@code verify.state}. */
public final class StateVerification {
    private static final Logger log = LoggerFactory.getLogger(StateVerification.class);
    private static final String TYPE = "verify.state";
    private static final LocalTime AT = LocalTime.of(3, 40);
    private static final int RECORDED = 10;

    private final Database database;
    private final EvidenceLog evidence;
    private final StateAudit audit;

    public StateVerification(Database database, EvidenceLog evidence, List<StateSource> sources) {
        this.database = database;
        this.evidence = evidence;
        this.audit = new StateAudit(database, sources);
    }

    /**
     * What a comparison found.
     *
     * @param at when it was recorded
     * @param differences how many rows differed
     * @param example the first of them; empty where all is good
     */
    public record Run(Instant at, long differences, String example) {
        public boolean good() {
            return differences == 0;
        }
    }

    /** Empty before the first night. */
    public Optional<Run> newest() {
        return database.read(StateVerification::newest);
    }

    public static Optional<Run> newest(Handle handle) {
        return handle.attach(StateDao.class)
                .findNewest(TYPE)
                .map(Canonical::parse)
                .map(StateVerification::run);
    }

    private static Run run(Map<String, Object> record) {
        Map<?, ?> data = record.get("data") instanceof Map<?, ?> said ? said : Map.of();
        return new Run(
                Instant.parse(String.valueOf(record.get("recordedAt"))),
                data.get("differences") instanceof Number count ? count.longValue() : 0,
                data.get("named") instanceof List<?> named && !named.isEmpty() ? String.valueOf(named.get(0)) : "");
    }

    /** The daily tick, at 03:40 in {@code zone}: after the ledger itself was verified. */
    public Tick tick(ZoneId zone) {
        return new Daily("state-verify", AT, zone, database, now -> {
            run(Actor.SYSTEM);
            return 1;
        });
    }

    public StateReport run(Actor by) {
        StateReport report = audit.run();
        if (!report.good()) {
            log.error(
                    "{} rows are not what the records say: {}",
                    report.count(),
                    report.differences().get(0));
        }
        database.useTransaction(tx -> evidence.append(
                tx,
                Evidence.of(TYPE, by, Subject.of("installation", "1"))
                        .data("outcome", report.good() ? "good" : "bad")
                        .data("rows", report.rows())
                        .data("differences", report.count())
                        .data(
                                "named",
                                report.differences().stream().limit(RECORDED).toList())));
        return report;
    }
}
