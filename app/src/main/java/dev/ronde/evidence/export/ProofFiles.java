package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.ledger.RangeProof;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.evidence.seal.LedgerKeys;
import dev.ronde.evidence.seal.SealedCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The part of a bundle that proves the rest: checkpoint, range and consistency proofs, keys with their inclusion. */
record ProofFiles(ExportDao dao, Merkle tree, SealedCheckpoint head, BundleFolder folder) {
    private static final int ANCHORS = 1_000;
    /** More than a year of days. */
    private static final int STAMPS = 400;

    void writeKeys(LedgerKeys keys) throws IOException {
        VerifierKey log = keys.verifierKey();
        folder.write("keys/log.vkey", log.encoded() + "\n");
        folder.write("keys/log.pub.pem", log.pem());
        folder.write("keys/export.pub.pem", keys.exportVerifierKey().pem());
        List<Object> history = new ArrayList<>();
        for (KeyRow key : dao.listKeys(head.treeSize())) {
            Map<String, Object> entry = new HashMap<>();
            entry.put("index", key.idx());
            entry.put("record", new String(key.payload(), StandardCharsets.UTF_8));
            entry.put("proof", hexes(tree.inclusion(key.idx(), head.treeSize())));
            if (Canonical.parse(key.payload()).get("data") instanceof Map<?, ?> data && data.containsKey("replaces")) {
                entry.put("checkpoint", dao.getCheckpointAfter(key.idx()).note());
            }
            history.add(entry);
        }
        folder.write("keys/key-history.json", Canonical.text(history) + "\n");
    }

    void writeCheckpoint() throws IOException {
        folder.write("ledger/checkpoint", head.note());
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

    /** Proves that the log only grew from every checkpoint that left the house to this one. */
    void writeConsistency() throws IOException {
        List<Object> proofs = new ArrayList<>();
        for (SealedCheckpoint row : dao.listAnchored(head.treeSize(), ANCHORS)) {
            proofs.add(Map.of(
                    "size", row.treeSize(),
                    "root", row.rootHash().hex(),
                    "proof", hexes(tree.consistency(row.treeSize(), head.treeSize()))));
        }
        folder.write("ledger/consistency.json", Canonical.text(proofs) + "\n");
    }

    /** The newest time stamps, each with the note it is over, and a table of them. */
    void writeStamps() throws IOException {
        List<StampFile> stamps = new ArrayList<>(dao.listStamps(head.treeSize(), STAMPS));
        Collections.reverse(stamps);
        StringBuilder table = new StringBuilder("size,root,generated_at,file\n");
        for (StampFile stamp : stamps) {
            String path = "ledger/anchors/" + stamp.name();
            folder.write(path + ".note", stamp.note());
            folder.write(path + ".tsq", stamp.query());
            folder.write(path + ".tsr", stamp.response());
            table.append(stamp.treeSize())
                    .append(',')
                    .append(stamp.rootHash().hex())
                    .append(',')
                    .append(stamp.generatedAt())
                    .append(',')
                    .append(stamp.name())
                    .append('\n');
        }
        folder.write("ledger/anchors/anchors.csv", table.toString());
    }

    private static List<String> hexes(List<Hash> hashes) {
        return hashes.stream().map(Hash::hex).toList();
    }
}
