package dev.ronde.evidence.seal;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Frontier;
import dev.ronde.evidence.ledger.GuardFile;
import dev.ronde.evidence.ledger.SealWindow;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives waiting records their place in the log, and signs the new head after the commit (evidence.md L7).
 * Any node may try at any time: the head row admits one, and a head without a checkpoint is signed by whoever sees it first.
 */
public final class Sealer {
    /** A log without news still seals once an hour, so that silence can be told from failure. */
    public static final Duration HEARTBEAT = Duration.ofHours(1);

    static final int BATCH = 10_000;
    private static final Logger log = LoggerFactory.getLogger(Sealer.class);

    private final Database database;
    private final EvidenceLog evidence;
    private final LedgerKeys keys;
    private final LedgerGuard guard;
    private final CheckpointFile sink;
    private final InstantSource clock;
    private volatile @Nullable Frontier written;

    public Sealer(
            Database database,
            EvidenceLog evidence,
            LedgerKeys keys,
            LedgerGuard guard,
            CheckpointFile sink,
            InstantSource clock) {
        this.database = database;
        this.evidence = evidence;
        this.keys = keys;
        this.guard = guard;
        this.sink = sink;
        this.clock = clock;
    }

    /**
     * Seals everything that waits and signs the head; returns the number of records sealed.
     *
     * @throws LedgerBehind if the database is older than what this node has seen sealed; nothing is sealed then
     */
    public int sealAll() {
        keys.retire(database, evidence, clock.instant());
        if (database.read(this::atRest)) {
            return 0;
        }
        signHead();
        int sealed = 0;
        int batch;
        do {
            batch = sealBatch();
            signHead();
            sealed += batch;
        } while (batch >= BATCH);
        return sealed;
    }

    /** Whether the head is signed, nothing waits and no heartbeat is due; takes no lock, as most looks find nothing. */
    private boolean atRest(Handle handle) {
        guard.check(handle);
        SealDao dao = handle.attach(SealDao.class);
        long signed = dao.findNewestCheckpoint().map(SealedCheckpoint::treeSize).orElse(0L);
        return signed == dao.getHead().treeSize() && dao.countPending() == 0 && !heartbeatDue(dao, clock.instant());
    }

    /** T1: one batch and its seal record, one transaction. */
    int sealBatch() {
        return database.inTransaction(tx -> {
            SealDao dao = tx.attach(SealDao.class);
            HeadRow head = dao.lockHead();
            guard.check(tx, head);
            Instant now = clock.instant();
            List<PendingRow> batch = new ArrayList<>(dao.listPending(now.plus(SealWindow.SKEW), BATCH));
            if (batch.isEmpty() && !heartbeatDue(dao, now)) {
                return 0;
            }
            int records = batch.size();
            batch.add(sealRecord(tx, dao, head, records, dao.countPending() - records));
            append(tx, dao, head, batch);
            return records;
        });
    }

    private static boolean heartbeatDue(SealDao dao, Instant now) {
        return dao.findNewestCheckpoint()
                .map(newest -> !newest.sealedAt().plus(HEARTBEAT).isAfter(now))
                .orElse(false);
    }

    private PendingRow sealRecord(Handle tx, SealDao dao, HeadRow head, int records, long pendingAfter) {
        Evidence seal = Evidence.of(
                        "ledger.seal",
                        Actor.SYSTEM,
                        Subject.of("ledger", keys.verifierKey().keyId()))
                .data("fromIndex", head.treeSize())
                .data("toIndex", head.treeSize() + records)
                .data("prevSize", head.treeSize())
                .data("prevRoot", head.rootHash().hex())
                .data("count", records + 1)
                .data("pendingAfter", pendingAfter)
                .data("clock", clock(dao));
        var id = evidence.append(tx, seal);
        return new PendingRow(id, dao.getLeafHash(id));
    }

    /** The largest of the offsets that were observed last. */
    private static @Nullable Object clock(SealDao dao) {
        return dao.findNewestPayload("clock.observed")
                .map(payload -> Canonical.parse(payload).get("data"))
                .map(data -> data instanceof Map<?, ?> seen && seen.get("clocks") instanceof List<?> clocks
                        ? clocks.get(0)
                        : null)
                .orElse(null);
    }

    private void append(Handle tx, SealDao dao, HeadRow head, List<PendingRow> batch) {
        Frontier frontier = frontier(tx, head);
        List<NodeRow> nodes = new ArrayList<>();
        for (PendingRow row : batch) {
            frontier.add(row.leafHash(), (level, index, hash) -> {
                if (StoredTree.STORED.contains(level)) {
                    nodes.add(new NodeRow(level, index, hash));
                }
            });
        }
        long size = frontier.size();
        dao.insertLeaves(LongStream.range(head.treeSize(), size).boxed().toList(), batch);
        dao.deletePending(batch);
        if (!nodes.isEmpty()) {
            dao.insertNodes(nodes);
        }
        // Whoever holds the row lock owns the size; the comparison is the belt to those braces.
        if (dao.advanceHead(head.treeSize(), size, frontier.root()) != 1) {
            throw new LedgerDamaged("the head moved from " + head.treeSize() + " while it was locked");
        }
        written = frontier;
    }

    /** The tree's right edge: the one this node wrote if nobody has sealed since, else read again. */
    private Frontier frontier(Handle tx, HeadRow head) {
        Frontier known = written;
        return known != null && known.size() == head.treeSize() && known.root().equals(head.rootHash())
                ? known.copy()
                : Frontier.of(new StoredTree(tx), head.treeSize());
    }

    /** T2: signs the committed head unless it is signed; this also mends a crash between T1 and T2. */
    void signHead() {
        Optional<SealedCheckpoint> signed = Optional.empty();
        try {
            signed = database.inTransaction(this::signHead);
        } catch (RuntimeException e) {
            // The signature is deterministic: the other node wrote the same note.
            if (!Database.isUniqueViolation(e)) {
                throw e;
            }
        }
        signed.ifPresent(checkpoint -> {
            sink.append(checkpoint);
            log.debug("sealed {}", checkpoint.treeSize());
        });
    }

    private Optional<SealedCheckpoint> signHead(Handle tx) {
        SealDao dao = tx.attach(SealDao.class);
        // The lock also keeps the guard file to one writer.
        HeadRow head = dao.lockHead();
        if (head.treeSize() == 0 || dao.findCheckpoint(head.treeSize()).isPresent()) {
            return Optional.empty();
        }
        guard.check(tx, head);
        guard.remember(new GuardFile.Mark(head.treeSize(), head.rootHash()));
        String text = new Checkpoint(keys.origin(), head.treeSize(), head.rootHash()).text();
        SignedNote note = keys.sign(text);
        Instant sealedAt = dao.findSealedAt(head.treeSize() - 1)
                .orElseThrow(() -> new LedgerDamaged("the last seal record " + (head.treeSize() - 1) + " is missing"));
        SealedCheckpoint checkpoint = new SealedCheckpoint(
                head.treeSize(),
                head.rootHash(),
                note.encoded(),
                keys.verifierKey().keyId(),
                sealedAt);
        dao.insertCheckpoint(checkpoint);
        return Optional.of(checkpoint);
    }
}
