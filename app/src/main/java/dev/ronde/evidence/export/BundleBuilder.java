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
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Makes one bundle at a pinned tree size: the same request on the same tree gives the same bytes.
 *
 * @param partRows rows after which a file goes on in its next part
 */
record BundleBuilder(Database database, LedgerKeys keys, BundleTexts texts, long partRows) {
    private static final int PROGRESS_EVERY = 5_000;

    record Bundle(Path file, String name, String sha256, String sumsSha256, long disclosed) {}

    private record Written(Map<String, Object> stated, long disclosed) {}

    /** May throw to stop the bundle. */
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
            return pack(folder, manifest, writeAll(folder, manifest, progress), exports, work);
        }
    }

    private Written writeAll(BundleFolder folder, Manifest manifest, Progress progress) throws IOException {
        try (Handle handle = database.jdbi().open()) {
            ExportDao dao = handle.attach(ExportDao.class);
            SealedCheckpoint head = manifest.head();
            Merkle tree = new Merkle(new StoredTree(handle));
            long size = head.treeSize();
            // every place of the log, so that no bundle can begin late or end early
            RangeProof range = tree.range(0, size, size);
            PeopleFile people = new PeopleFile(dao, tree, size);
            LeafFiles leaves = new LeafFiles(
                    manifest.scope(),
                    new SealedBatches(
                            new LeafReader(handle, 0, size), Frontier.resume(0, range.left()), manifest.scope()),
                    dao,
                    folder,
                    people::nameOf,
                    partRows,
                    size,
                    index -> {
                        if (index % PROGRESS_EVERY == 0) {
                            progress.at(index, size);
                        }
                    });
            if (!range.root(leaves).equals(head.rootHash())) {
                throw new LedgerDamaged("the records do not lead to the root of checkpoint " + size);
            }
            leaves.population().finish();
            leaves.samples()
                    .write(
                            folder::write,
                            sha256 -> dao.findBlob(Hash.ofHex(sha256).bytes()).orElseThrow(),
                            people::nameOf);
            ProofFiles proofs = new ProofFiles(dao, tree, head, folder);
            proofs.writeKeys(keys);
            proofs.writeCheckpoint();
            proofs.writeRange(range);
            proofs.writeConsistency();
            proofs.writeStamps();
            people.nameOf(manifest.requestedBy());
            people.write(folder);
            folder.finish();
            Map<String, Object> stated =
                    manifest.stated(leaves, partRows, dao.findTestClock().orElse(false), texts.source());
            texts.write(stated, keys.verifierKey().encoded(), leaves.exceptions(), folder.root(), folder.root());
            progress.at(size, size);
            return new Written(stated, leaves.disclosed());
        }
    }

    private Bundle pack(BundleFolder folder, Manifest manifest, Written written, Path exports, String work)
            throws IOException {
        folder.write("manifest.json", Canonical.text(Manifest.json(written.stated(), folder)) + "\n");
        StringBuilder sums = new StringBuilder();
        for (String path : folder.paths().keySet()) {
            sums.append(folder.sha256(path)).append("  ").append(path).append('\n');
        }
        byte[] signed = sums.toString().getBytes(StandardCharsets.UTF_8);
        folder.write("SHA256SUMS", signed);
        folder.write("SHA256SUMS.sig", keys.signExport(signed));
        String name = name(manifest, sums.toString());
        // two exports of the same are the same bundle, each made in a file of its own
        Path fresh = exports.resolve("." + name + "-" + work + ".zip.new");
        folder.pack(name, fresh);
        Path file = exports.resolve(name + ".zip");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        String sha256 = BundleFolder.sha256(file);
        Files.writeString(
                exports.resolve(name + ".zip.sha256"), sha256 + "  " + name + ".zip\n", StandardCharsets.UTF_8);
        return new Bundle(file, name, sha256, Hash.sha256(signed).hex(), written.disclosed());
    }

    /** {@code evidence_<instance>_<from>_<to>_<scope>_n<treesize>_<id8>}, of {@code [a-z0-9_-]}, at most 100 characters. */
    private String name(Manifest manifest, String sums) {
        ExportScope scope = manifest.scope();
        return "evidence_" + part(keys.origin()) + "_" + scope.from() + "_" + scope.to() + "_" + part(scope.label())
                + "_n" + manifest.head().treeSize() + "_"
                + Hash.sha256(sums).hex().substring(0, 8);
    }

    private static String part(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = plain.substring(0, Math.min(24, plain.length())).replaceAll("-$", "");
        return cut.isEmpty() ? "x" : cut;
    }
}
