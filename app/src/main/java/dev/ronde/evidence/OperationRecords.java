package dev.ronde.evidence;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Principal;
import dev.ronde.platform.text.Cut;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Records of what is done to the installation as a whole: started, looked at, backed up, moved. */
public record OperationRecords(Database database, EvidenceLog log) {
    private static final int MAX_PATH = 500;

    /**
     * A node serves.
     *
     * @param facts version of the product, of Java, of the schema, kind of database …
     */
    public void started(Map<String, Object> facts) {
        Evidence record = of("system.started", Actor.SYSTEM);
        facts.forEach(record::data);
        append(record);
    }

    /** A node serves with these settings; recorded where they are others than those recorded last. */
    public void settings(SortedMap<String, String> after) {
        database.useTransaction(tx -> {
            Object before = tx.attach(EvidenceDao.class)
                    .findSettings()
                    .map(payload -> Canonical.parse(payload).get("data"))
                    .orElse(Map.of());
            if (!before.equals(Map.of("after", after))) {
                log.append(
                        tx,
                        Evidence.of("config.changed", Actor.command(), Subject.of("settings", "1"))
                                .data("after", after));
            }
        });
    }

    /** Only a node that ends in order writes this; after a crash the record is missing. */
    public void stopped() {
        append(of("system.stopped", Actor.SYSTEM));
    }

    public void clockMoved(Instant from, Instant to, Principal by) {
        append(of("clock.moved", Actor.of(by)).data("from", from).data("to", to));
    }

    /** The backup holds everything but the keys. */
    public void backupMade(long tables, long rows, Principal by) {
        append(of("backup.made", Actor.of(by)).data("tables", tables).data("rows", rows));
    }

    /**
     * This database was filled from a backup.
     *
     * @param madeAt when the backup was made
     */
    public void restored(Instant madeAt, long rows) {
        append(of("backup.restored", Actor.command()).data("madeAt", madeAt).data("rows", rows));
    }

    /**
     * This database was filled from another one.
     *
     * @param source kind of the other database
     */
    public void copied(String source, long rows) {
        append(of("database.copied", Actor.command()).data("source", source).data("rows", rows));
    }

    /** Called in the transaction that asks the job to stop. */
    public void jobCancelled(Handle tx, UUID jobId, String kind, Principal by) {
        log.append(
                tx,
                Evidence.of("job.cancelled", Actor.of(by), Subject.of("job", jobId))
                        .data("kind", kind));
    }

    /**
     * An auditor was shown something.
     *
     * @param route pattern of the page or resource; the address may name assets and people
     */
    public void viewed(Principal by, String route, String address) {
        append(Evidence.of("evidence.viewed", Actor.of(by), Subject.of("page", route))
                .data("address", Cut.to(address, MAX_PATH)));
    }

    private static Evidence of(String type, Actor by) {
        return Evidence.of(type, by, Subject.of("installation", "1"));
    }

    private void append(Evidence record) {
        database.useTransaction(tx -> log.append(tx, record));
    }
}
