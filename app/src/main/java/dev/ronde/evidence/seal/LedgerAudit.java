package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Frontier;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The full verification pass over the database (evidence.md L13, last paragraph): every leaf against its record, every
 * copy against the payload, every stored subtree and checkpoint against the tree that follows from the leaves.
 */
final class LedgerAudit {
    private static final int PAGE = 5_000;
    private static final Duration PENDING_LIMIT = Duration.ofMinutes(10);

    private final Database database;
    private final LedgerKeys keys;
    private final InstantSource clock;
    private volatile Seen seen = Seen.NOTHING;

    LedgerAudit(Database database, LedgerKeys keys, InstantSource clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    private record Seen(SignaturesSeen signatures, PagesSeen pages) {
        static final Seen NOTHING = new Seen(SignaturesSeen.NONE, PagesSeen.NONE);
    }

    /** Reads everything; on any fault it also rechecks all that this process has seen before. */
    LedgerReport run() {
        Seen before = seen;
        LedgerReport report = run(before);
        return report.good() || before.signatures().count() == 0 ? report : run(Seen.NOTHING);
    }

    private LedgerReport run(Seen before) {
        Instant startedAt = clock.instant();
        Faults faults = new Faults();
        return database.readSnapshot(handle -> {
            HeadRow head = handle.attach(SealDao.class).getHead();
            AuditDao dao = handle.attach(AuditDao.class);
            CheckpointAudit checkpoints = new CheckpointAudit(dao, keys, faults, before.signatures());
            RecordAudit recordAudit = new RecordAudit(dao, faults, before.pages());
            long records = walk(handle, head, checkpoints, recordAudit, faults);
            outside(handle, head, records, faults);
            LedgerReport report = faults.report(head.treeSize(), records, startedAt);
            seen = report.good() ? new Seen(checkpoints.seen(), recordAudit.seen()) : Seen.NOTHING;
            return report;
        });
    }

    private long walk(
            Handle handle, HeadRow head, CheckpointAudit checkpoints, RecordAudit recordAudit, Faults faults) {
        AuditDao dao = handle.attach(AuditDao.class);
        TreeDao tree = handle.attach(TreeDao.class);
        Frontier frontier = new Frontier();
        Map<Integer, List<Hash>> nodes = new HashMap<>();
        long records = 0;
        for (long from = 0; from < head.treeSize(); from += PAGE) {
            long until = Math.min(from + PAGE, head.treeSize());
            List<AuditRow> page = dao.listRows(from, until);
            recordAudit.page(page, from, until);
            long expected = from;
            for (AuditRow row : page) {
                LeafRow leaf = row.leaf();
                if (leaf.idx() != expected) {
                    faults.add("index " + expected + ": the leaf is missing");
                    return records;
                }
                expected++;
                records += leaf.payload() == null ? 0 : 1;
                frontier.add(Hash.of(leaf.leafHash()), (level, index, hash) -> {
                    if (StoredTree.STORED.contains(level)) {
                        nodes.computeIfAbsent(level, key -> new ArrayList<>()).add(hash);
                    }
                });
                checkpoints.at(frontier);
            }
            if (expected != until) {
                faults.add("index " + expected + ": the leaf is missing");
                return records;
            }
            compareNodes(tree, nodes, frontier.size(), faults);
        }
        if (!frontier.root().equals(head.rootHash())) {
            faults.add("the root of " + head.treeSize() + " leaves is " + frontier.root() + ", the head says "
                    + head.rootHash());
        }
        checkpoints.end(head.treeSize());
        return records;
    }

    private static void compareNodes(TreeDao tree, Map<Integer, List<Hash>> nodes, long size, Faults faults) {
        nodes.forEach((level, hashes) -> {
            long until = size >>> level;
            if (!tree.listNodeHashes(level, until - hashes.size(), until).equals(hashes)) {
                faults.add("stored subtree roots of level " + level + " before leaf " + size
                        + " do not follow from the leaves");
            }
        });
        nodes.clear();
    }

    /** @param records how many leaves have their record */
    private void outside(Handle handle, HeadRow head, long records, Faults faults) {
        AuditDao dao = handle.attach(AuditDao.class);
        if (dao.countLeaves() != head.treeSize()) {
            faults.add("the log has " + dao.countLeaves() + " leaves, its head says " + head.treeSize());
        }
        if (dao.countRecords() != records + dao.countWaiting()) {
            dao.listOutsideLog()
                    .forEach(id -> faults.add("record " + id + " is neither in the log nor waiting for it"));
        }
        long lost = dao.countPendingWithoutRecord();
        if (lost > 0) {
            faults.add(lost + " waiting entries have no record: records were deleted before they were sealed");
        }
        long late =
                handle.attach(SealDao.class).countPendingSince(clock.instant().minus(PENDING_LIMIT));
        if (late > 0) {
            faults.warn(late + " records have waited over " + PENDING_LIMIT.toMinutes() + " minutes to be sealed");
        }
    }
}
