package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.platform.db.Database;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What the last verification found, from its record. */
public final class VerificationLog {
    private final Database database;

    public VerificationLog(Database database) {
        this.database = database;
    }

    /**
     * One verification.
     *
     * @param at when it was recorded, UTC
     * @param treeSize records looked at
     * @param faultCount what did not fit
     */
    public record Run(Instant at, boolean good, String treeSize, String faultCount) {}

    /** The newest one; empty before the first night. */
    public Optional<Run> newest() {
        return database.read(handle -> handle.attach(SealDao.class).findNewestPayload("verify.run"))
                .map(VerificationLog::run);
    }

    private static Run run(byte[] payload) {
        Map<String, Object> record = Canonical.parse(payload);
        Map<?, ?> data = record.get("data") instanceof Map<?, ?> map ? map : Map.of();
        return new Run(
                Instant.parse(String.valueOf(record.get("recordedAt"))),
                "good".equals(data.get("outcome")),
                String.valueOf(data.get("treeSize")),
                String.valueOf(data.get("faultCount")));
    }
}
