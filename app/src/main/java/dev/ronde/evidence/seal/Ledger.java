package dev.ronde.evidence.seal;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.ledger.SealWindow;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The sealed log of this installation: its key, its newest checkpoint, and proofs out of it. */
public final class Ledger {
    private final Database database;
    private final EvidenceLog evidence;
    private final InstantSource clock;
    private final LedgerKeys keys;
    private final LedgerGuard guard;
    private final Sealer sealer;
    private final LedgerAudit audit;

    private Ledger(
            Database database,
            EvidenceLog evidence,
            InstantSource clock,
            LedgerKeys keys,
            LedgerGuard guard,
            Sealer sealer) {
        this.database = database;
        this.evidence = evidence;
        this.clock = clock;
        this.keys = keys;
        this.guard = guard;
        this.sealer = sealer;
        this.audit = new LedgerAudit(database, keys, clock);
    }

    /** Opens the ledger of a migrated database; makes keys and their records on the first start. */
    public static Ledger open(LedgerFiles files, Database database, EvidenceLog evidence, InstantSource clock) {
        LedgerKeys keys = LedgerKeys.open(files, database, evidence);
        LedgerGuard guard = new LedgerGuard(files.guard());
        Sealer sealer = new Sealer(database, evidence, keys, guard, new CheckpointFile(files.checkpoints()), clock);
        return new Ledger(database, evidence, clock, keys, guard, sealer);
    }

    public LedgerKeys keys() {
        return keys;
    }

    /** What an auditor writes down at the start of an engagement. */
    public VerifierKey verifierKey() {
        return keys.verifierKey();
    }

    /** Seals what waits; returns how many records that were. Throws {@link LedgerBehind} where sealing has stopped. */
    public int seal() {
        return sealer.sealAll();
    }

    /** The newest checkpoint; seals first if there is none yet. */
    public SealedCheckpoint checkpoint() {
        Optional<SealedCheckpoint> newest = newest();
        if (newest.isEmpty()) {
            seal();
            newest = newest();
        }
        return newest.orElseThrow(() -> Problem.conflict("empty_ledger", "The ledger holds no records yet."));
    }

    /**
     * Announces a new key of the log, sealed under the one in force. Open the ledger again to go on under the new one.
     *
     * @throws LedgerBehind if sealing has stopped; nothing is announced then
     */
    public VerifierKey rotateKey(Actor by) {
        seal();
        VerifierKey next = keys.announceNext(database, evidence, by);
        seal();
        return next;
    }

    /** Records that somebody else may have had the key of the log since then. */
    public void compromised(Instant from, Actor by) {
        database.useTransaction(tx -> evidence.append(
                tx,
                Evidence.of(
                                "key.compromised",
                                by,
                                Subject.of("key", verifierKey().keyId()))
                        .data("purpose", LedgerKeys.LOG)
                        .data("vkey", verifierKey().encoded())
                        .data("from", from)));
        seal();
    }

    /** The same checkpoint with the words of its witnesses, one each, behind the signature of the log. */
    public SealedCheckpoint cosigned(SealedCheckpoint checkpoint) {
        Map<String, String> lines = new LinkedHashMap<>();
        database.read(handle -> handle.attach(SealDao.class).listCosignatures(checkpoint.treeSize()))
                .forEach(line -> lines.putIfAbsent(SignedNote.Line.parse(line).name(), line + "\n"));
        return new SealedCheckpoint(
                checkpoint.treeSize(),
                checkpoint.rootHash(),
                checkpoint.note() + String.join("", lines.values()),
                checkpoint.keyId(),
                checkpoint.sealedAt());
    }

    private Optional<SealedCheckpoint> newest() {
        return database.read(handle -> handle.attach(SealDao.class).findNewestCheckpoint());
    }

    /**
     * Notes that a checkpoint left the house, once per size and kind: later exports carry a consistency proof from it.
     *
     * @param kind mail, export or shown
     */
    public void anchored(SealedCheckpoint checkpoint, String kind, String target) {
        database.useTransaction(tx -> anchored(tx, checkpoint.treeSize(), kind, target));
    }

    /** Called in the transaction that sends the checkpoint away. */
    public void anchored(Handle tx, long treeSize, String kind, String target) {
        SealDao dao = tx.attach(SealDao.class);
        if (dao.countAnchors(treeSize, kind) == 0) {
            dao.insertAnchor(Ids.next(clock), treeSize, kind, target, clock.instant());
        }
    }

    /** What the daily mail to the auditors says now; seals first. Whoever queues it calls {@link #anchored} with kind mail. */
    public CheckpointDigest digest() {
        Optional<String> alarm = alarm();
        if (alarm.isEmpty()) {
            seal();
        }
        long mailed = database.read(handle -> handle.attach(SealDao.class).findLargestAnchor("mail"))
                .orElse(0L);
        return CheckpointDigest.of(checkpoint(), verifierKey(), mailed, alarm);
    }

    /** Why sealing has stopped, in a sentence; empty if all is well. */
    public Optional<String> alarm() {
        return database.read(guard::alarm);
    }

    public long pending() {
        return database.read(handle -> handle.attach(SealDao.class).countPending());
    }

    /**
     * The proof that a record is in the log, against the newest checkpoint; one that still waits is sealed first.
     *
     * @throws Problem 404 for a record that does not exist, 409 {@code not_sealed} for one that cannot be sealed yet; the message says why, and
     *     {@code sealed_from} since when it can be, where time alone is missing
     */
    public RecordProof proof(UUID recordId) {
        return signed(recordId).orElseGet(() -> {
            Instant recordedAt = database.read(
                            handle -> handle.attach(SealDao.class).findRecordedAt(recordId))
                    .orElseThrow(() -> Problem.notFound("record", recordId));
            try {
                seal();
            } catch (LedgerBehind | LedgerDamaged e) {
                throw notSealed(recordId, String.valueOf(e.getMessage()));
            }
            return signed(recordId).orElseThrow(() -> waiting(recordId, recordedAt));
        });
    }

    /**
     * The proof that the log of the checkpoint with {@code to} records, or of the newest one, extends its first {@code from} records.
     *
     * @throws Problem 404 where no checkpoint was signed at that size, 400 where {@code from} is larger
     */
    public ConsistencyProof consistency(long from, Optional<Long> to) {
        SealedCheckpoint head = to.isEmpty()
                ? checkpoint()
                : database.read(handle -> handle.attach(SealDao.class).findCheckpoint(to.get()))
                        .orElseThrow(() -> Problem.notFound("checkpoint", to.get()));
        if (from < 0 || from > head.treeSize()) {
            throw Problem.badRequest(
                    "bad_parameter", "from is " + from + ": name a size from 0 to " + head.treeSize() + ".");
        }
        return database.read(handle -> new ConsistencyProof(
                from, new Merkle(new StoredTree(handle)).consistency(from, head.treeSize()), head));
    }

    /**
     * A tile of the signed tree, C2SP tlog-tiles: {@code width} hashes of level {@code 8 * level} from {@code 256 * index} on.
     *
     * @throws Problem 404 where the newest checkpoint does not have them all
     */
    public List<byte[]> tile(int level, long index, int width) {
        return database.read(handle -> {
            long from = tileStart(handle, level, index, width);
            TreeDao dao = handle.attach(TreeDao.class);
            List<Hash> hashes = level == 0
                    ? dao.listLeafHashes(from, from + width)
                    : dao.listNodeHashes(8 * level, from, from + width);
            if (hashes.size() != width) {
                throw new LedgerDamaged("the tree lacks hashes at level " + 8 * level + " from " + from);
            }
            return hashes.stream().map(Hash::bytes).toList();
        });
    }

    /** The sealed records under the tile of level 0; null stands where retention took one. */
    public List<byte @Nullable []> entries(long index, int width) {
        return database.read(handle -> {
            long from = tileStart(handle, 0, index, width);
            List<byte @Nullable []> entries = new ArrayList<>();
            new LeafReader(handle, from, from + width).forEachRemaining(leaf -> entries.add(leaf.payload()));
            return entries;
        });
    }

    private static long tileStart(Handle handle, int level, long index, int width) {
        long size = handle.attach(SealDao.class)
                .findNewestCheckpoint()
                .map(SealedCheckpoint::treeSize)
                .orElse(0L);
        long hashes = size >>> (8 * level);
        if (level > 3 || width < 1 || width > 256 || index > hashes >>> 8 || index * 256 + width > hashes) {
            throw Problem.notFound("tile", level + "/" + index + ".p/" + width);
        }
        return index * 256;
    }

    private Optional<RecordProof> signed(UUID recordId) {
        return database.read(handle -> {
            Optional<SealedCheckpoint> newest = handle.attach(SealDao.class).findNewestCheckpoint();
            return newest.flatMap(head -> handle.attach(LeafDao.class)
                    .findLeaf(recordId)
                    .filter(leaf -> leaf.idx() < head.treeSize())
                    .map(leaf -> proof(handle, recordId, leaf, head)));
        });
    }

    private static RecordProof proof(Handle handle, UUID recordId, LeafRow leaf, SealedCheckpoint head) {
        Merkle tree = new Merkle(new StoredTree(handle));
        byte[] payload = leaf.payload();
        return new RecordProof(
                recordId,
                leaf.idx(),
                Hash.of(leaf.leafHash()),
                payload == null ? null : new String(payload, StandardCharsets.UTF_8),
                tree.inclusion(leaf.idx(), head.treeSize()),
                head);
    }

    private Problem waiting(UUID recordId, Instant recordedAt) {
        if (database.read(handle -> handle.attach(SealDao.class).countPending(recordId)) == 0) {
            return notSealed(
                    recordId, "It is not among those that wait for their seal either: run ronde ledger verify.");
        }
        Instant sealedFrom = recordedAt.minus(SealWindow.SKEW);
        if (!sealedFrom.isAfter(clock.instant())) {
            return notSealed(recordId, "Ask again in a few seconds.");
        }
        return notSealed(
                        recordId,
                        "It was recorded at " + recordedAt
                                + " by a server whose clock is ahead of this one, and is sealed at " + sealedFrom
                                + ": ask again then, and set the clocks of the servers alike.")
                .with("sealed_from", sealedFrom);
    }

    private static Problem notSealed(UUID recordId, String why) {
        return Problem.conflict("not_sealed", "The record " + recordId + " is not sealed yet. " + why);
    }

    /**
     * Reads the whole database and compares it with the tree, the checkpoints and what this node has seen sealed: a log that is whole and
     * older than that lacks records.
     */
    public LedgerReport verify() {
        // The guard file first: the log may only grow after it was read.
        Optional<String> alarm = alarm();
        LedgerReport report = audit.run();
        return alarm.map(report::with).orElse(report);
    }
}
