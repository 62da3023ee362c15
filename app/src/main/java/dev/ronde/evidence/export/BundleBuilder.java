package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Frontier;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.report.BundleTexts;
import dev.ronde.evidence.seal.LeafReader;
import dev.ronde.evidence.seal.LedgerDamaged;
import dev.ronde.evidence.seal.LedgerKeys;
import dev.ronde.evidence.seal.SealedCheckpoint;
import dev.ronde.evidence.seal.StoredTree;
import dev.ronde.platform.db.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Makes one bundle at a pinned tree size: the same request on the same tree gives the same bytes. */
final class BundleBuilder {
    /** The slice takes in this many leaves more at either end: then a checkpoint of any size an auditor holds can be recomputed. */
    private static final long SMALL = 250_000;

    private static final int PROGRESS_EVERY = 5_000;

    private final Database database;
    private final LedgerKeys keys;
    private final BundleTexts texts;
    private final long partRows;

    /** @param partRows rows after which a file goes on in its next part */
    BundleBuilder(Database database, LedgerKeys keys, BundleTexts texts, long partRows) {
        this.database = database;
        this.keys = keys;
        this.texts = texts;
        this.partRows = partRows;
    }

    /** What was made. */
    record Bundle(Path file, String name, String sha256, String sumsSha256, long leaves, long disclosed) {}

    /** How far it is; returns true where the work should stop. */
    @FunctionalInterface
    interface Progress {
        void at(long done, long total);
    }

    /**
     * Builds the bundle in a folder of its own under {@code exports} and moves the finished ZIP there.
     *
     * @throws LedgerDamaged if anything of the slice is missing or does not lead to the checkpoint's root
     */
    Bundle build(Manifest manifest, Path exports, String work, Progress progress) throws IOException {
        Files.createDirectories(exports);
        try (BundleFolder folder = new BundleFolder(exports.resolve(".work-" + work))) {
            Map<String, Object> stated = writeAll(folder, manifest, progress);
            return pack(folder, manifest, stated, exports, work);
        }
    }

    private Map<String, Object> writeAll(BundleFolder folder, Manifest manifest, Progress progress) throws IOException {
        try (Handle handle = database.jdbi().open()) {
            ExportDao dao = handle.attach(ExportDao.class);
            SealedCheckpoint head = manifest.head();
            Merkle tree = new Merkle(new StoredTree(handle));
            long from = from(dao, manifest.scope());
            long until = until(dao, manifest.scope(), head);
            RangeProof range = tree.range(from, until, head.treeSize());
            PeopleFile people = new PeopleFile(dao, tree, head.treeSize());
            LeafFiles leaves = new LeafFiles(
                    manifest.scope(),
                    new SealedBatches(
                            new LeafReader(handle, from, until), Frontier.resume(from, range.left()), manifest.scope()),
                    dao,
                    folder,
                    people::nameOf,
                    partRows,
                    index -> {
                        if (index % PROGRESS_EVERY == 0) {
                            progress.at(index - from, until - from);
                        }
                    });
            if (!range.root(leaves).equals(head.rootHash())) {
                throw new LedgerDamaged("the records from " + from + " to " + until
                        + " do not lead to the root of checkpoint " + head.treeSize());
            }
            leaves.population().finish();
            manifest.rowsPerPart(partRows);
            manifest.leaves(range, leaves, dao.findTestClock().orElse(false));
            ProofFiles proofs = new ProofFiles(dao, tree, head, folder);
            proofs.writeKeys(keys);
            proofs.writeCheckpoint();
            proofs.writeRange(range);
            proofs.writeConsistency();
            people.write(folder);
            folder.finish();
            Map<String, Object> stated = manifest.stated(texts.source());
            for (Map.Entry<String, byte[]> text : texts.write(
                            stated, keys.verifierKey().encoded(), leaves.exceptions())
                    .entrySet()) {
                folder.write(text.getKey(), text.getValue());
            }
            progress.at(until - from, until - from);
            return stated;
        }
    }

    private Bundle pack(BundleFolder folder, Manifest manifest, Map<String, Object> stated, Path exports, String work)
            throws IOException {
        folder.write("manifest.json", Canonical.text(manifest.json(stated, folder)) + "\n");
        StringBuilder sums = new StringBuilder();
        for (String path : folder.paths().keySet()) {
            sums.append(folder.sha256(path)).append("  ").append(path).append('\n');
        }
        byte[] signed = sums.toString().getBytes(StandardCharsets.UTF_8);
        folder.write("SHA256SUMS", signed);
        folder.write("SHA256SUMS.sig", keys.signExport(signed));
        String name =
                BundleName.of(keys.origin(), manifest.scope(), manifest.head().treeSize(), sums.toString());
        // two exports of the same are the same bundle, each made in a file of its own
        Path fresh = exports.resolve("." + name + "-" + work + ".zip.new");
        BundleZip.write(folder, name, fresh);
        Path file = exports.resolve(name + ".zip");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        String sha256 = BundleFolder.sha256(file);
        Files.writeString(
                exports.resolve(name + ".zip.sha256"), sha256 + "  " + name + ".zip\n", StandardCharsets.UTF_8);
        return new Bundle(
                file, name, sha256, Hash.sha256(signed).hex(), manifest.leafCount(), manifest.disclosedCount());
    }

    /** Cut at seals, a day early: what happened just before the period may have been sealed in it. */
    private static long from(ExportDao dao, ExportScope scope) {
        long index = dao.findFirstSealSince(scope.start().minus(Duration.ofDays(1)))
                .flatMap(dao::findSealBefore)
                .map(seal -> seal + 1)
                .orElse(0L);
        return index <= SMALL ? 0 : index;
    }

    /** A week late, so that records that arrived late are inside; the end of the log where that is near. */
    private static long until(ExportDao dao, ExportScope scope, SealedCheckpoint head) {
        long index = dao.findFirstSealSince(scope.end().plus(Duration.ofDays(7)))
                .map(seal -> Math.min(seal + 1, head.treeSize()))
                .orElse(head.treeSize());
        return head.treeSize() - index <= SMALL ? head.treeSize() : index;
    }
}
