package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.population.Csv;
import dev.ronde.evidence.population.ExportScope;
import dev.ronde.evidence.seal.LedgerKeys;
import dev.ronde.evidence.seal.SealedCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The part of a bundle that proves the rest: checkpoint, range and consistency proofs, keys with their inclusion. */
final class ProofFiles {
    private static final int ANCHORS = 1_000;

    private final ExportDao dao;
    private final Merkle tree;
    private final SealedCheckpoint head;
    private final BundleFolder folder;

    ProofFiles(ExportDao dao, Merkle tree, SealedCheckpoint head, BundleFolder folder) {
        this.dao = dao;
        this.tree = tree;
        this.head = head;
        this.folder = folder;
    }

    void writeKeys(LedgerKeys keys) throws IOException {
        VerifierKey log = keys.verifierKey();
        folder.write("keys/log.vkey", log.encoded() + "\n");
        folder.write("keys/log.pub.pem", log.pem());
        folder.write("keys/export.pub.pem", keys.exportVerifierKey().pem());
        List<Object> history = new ArrayList<>();
        for (KeyRow key : dao.listKeys(head.treeSize())) {
            history.add(Map.of(
                    "index", key.idx(),
                    "record", new String(key.payload(), StandardCharsets.UTF_8),
                    "proof", hexes(tree.inclusion(key.idx(), head.treeSize()))));
        }
        folder.write("keys/key-history.json", Canonical.text(history) + "\n");
    }

    void writeCheckpoints(ExportScope scope) throws IOException {
        folder.write("ledger/checkpoint", head.note());
        Map<Long, String> anchors = new TreeMap<>();
        dao.listAnchors(head.treeSize())
                .forEach(anchor -> anchors.merge(anchor.treeSize(), anchor.kind(), (a, b) -> a + "|" + b));
        Csv csv = new Csv(folder.writer("ledger/checkpoints.csv"), "size", "root", "sealed_at", "key_id", "anchors");
        for (CheckpointRow row : dao.listCheckpoints(
                scope.start().minus(Duration.ofDays(1)), scope.end().plus(Duration.ofDays(7)), head.treeSize())) {
            csv.row(
                    row.treeSize(),
                    Hash.of(row.rootHash()).hex(),
                    row.sealedAt().toString(),
                    row.keyId(),
                    anchors.getOrDefault(row.treeSize(), ""));
        }
    }

    void writeRange(RangeProof proof) throws IOException {
        folder.write(
                "ledger/range-proof.json",
                Canonical.text(Map.of(
                                "n", proof.size(),
                                "a", proof.from(),
                                "b", proof.until(),
                                "left", hexes(proof.left()),
                                "right", hexes(proof.right())))
                        + "\n");
    }

    /** From every checkpoint that left the house to this one: the log only grew. */
    void writeConsistency() throws IOException {
        List<Object> proofs = new ArrayList<>();
        for (CheckpointRow row : dao.listAnchored(head.treeSize(), ANCHORS)) {
            proofs.add(Map.of(
                    "size", row.treeSize(),
                    "root", Hash.of(row.rootHash()).hex(),
                    "proof", hexes(tree.consistency(row.treeSize(), head.treeSize()))));
        }
        folder.write("ledger/consistency.json", Canonical.text(proofs) + "\n");
    }

    private static List<String> hexes(List<Hash> hashes) {
        return hashes.stream().map(Hash::hex).toList();
    }
}
