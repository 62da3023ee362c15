package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.MerkleVerifier;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** V0 to V2: the files, who signed their list, and who signed the checkpoint. */
final class SignatureSteps {
    private final BundleReader bundle;
    private final Documents documents;
    private final Findings findings;

    SignatureSteps(BundleReader bundle, Documents documents, Findings findings) {
        this.bundle = bundle;
        this.documents = documents;
        this.findings = findings;
    }

    /** Compares each listed file; returns the list. */
    Map<String, String> files() {
        Map<String, String> sums = new TreeMap<>();
        for (String line : bundle.text("SHA256SUMS").split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            if (!line.matches("[0-9a-f]{64} [ *].+")) {
                findings.fail(Step.V0, "not a line of SHA256SUMS: " + line);
                continue;
            }
            String path = line.substring(66);
            if (!bundle.has(path)) {
                findings.fail(Step.V0, path + " is missing");
            } else if (sums.put(path, line.substring(0, 64)) != null) {
                findings.fail(Step.V0, path + " is listed twice");
            } else if (!bundle.sha256(path).equals(line.substring(0, 64))) {
                findings.fail(Step.V0, path + " was changed");
            }
        }
        return sums;
    }

    /** The checkpoint, signed or not; null if the file does not hold one. */
    @Nullable
    Checkpoint checkpoint() {
        try {
            return Checkpoint.parse(
                    SignedNote.parse(bundle.text("ledger/checkpoint")).text());
        } catch (IllegalArgumentException e) {
            findings.fail(Step.V2, "ledger/checkpoint: " + e.getMessage());
            return null;
        }
    }

    void exportKey(@Nullable Checkpoint checkpoint) {
        VerifierKey key;
        try {
            key = VerifierKey.ofPem("export", bundle.text("keys/export.pub.pem"));
        } catch (IllegalArgumentException e) {
            findings.fail(Step.V1, "keys/export.pub.pem: " + e.getMessage());
            return;
        }
        if (!key.verifies(bundle.bytes("SHA256SUMS"), bundle.bytes("SHA256SUMS.sig"))) {
            findings.fail(Step.V1, "SHA256SUMS.sig is not a signature of SHA256SUMS under keys/export.pub.pem");
        }
        if (checkpoint != null && !announced(key, checkpoint)) {
            findings.fail(Step.V1, "keys/export.pub.pem does not stand in any key.added record of this log");
        }
    }

    private boolean announced(VerifierKey key, Checkpoint checkpoint) {
        for (Map<?, ?> entry : documents.list("keys/key-history.json")) {
            try {
                byte[] record = String.valueOf(entry.get("record")).getBytes(StandardCharsets.UTF_8);
                if (names(Canonical.read(record), key)
                        && MerkleVerifier.includes(
                                Hash.leaf(record),
                                Documents.number(entry.get("index")),
                                checkpoint.size(),
                                Documents.hashes(entry.get("proof")),
                                checkpoint.root())) {
                    return true;
                }
            } catch (RuntimeException e) {
                findings.warn(Step.V1, "an entry of keys/key-history.json is broken: " + e.getMessage());
            }
        }
        return false;
    }

    private static boolean names(Map<String, Object> record, VerifierKey key) {
        return record.get("type") instanceof String type
                && type.equals("key.added")
                && record.get("data") instanceof Map<?, ?> data
                && "export".equals(data.get("purpose"))
                && VerifierKey.parse(String.valueOf(data.get("vkey"))).pem().equals(key.pem());
    }

    /** Returns the key to trust from here on. */
    VerifierKey signature(@Nullable VerifierKey given) {
        VerifierKey own = own(given);
        if (given == null) {
            findings.warn(
                    Step.V2,
                    "UNTRUSTED KEY: no --vkey was given, so the key of the bundle itself was used; whoever made the bundle could have made the key");
        }
        VerifierKey key = given == null ? own : given;
        try {
            SignedNote note = SignedNote.parse(bundle.text("ledger/checkpoint"));
            if (!note.isSignedBy(key)) {
                findings.fail(Step.V2, "the checkpoint is not signed by " + key.encoded());
            } else if (!Checkpoint.parse(note.text()).origin().equals(key.name())) {
                findings.fail(Step.V2, "the checkpoint belongs to another log than " + key.name());
            }
            if (!note.isSignedBy(own)) {
                findings.fail(Step.V2, "the checkpoint is not signed by keys/log.vkey");
            }
        } catch (IllegalArgumentException e) {
            findings.fail(Step.V2, "ledger/checkpoint: " + e.getMessage());
        }
        return key;
    }

    /** The bundle's key in both forms: verifying by hand takes one, the texts show the other. */
    private VerifierKey own(@Nullable VerifierKey given) {
        try {
            VerifierKey key = VerifierKey.parse(bundle.text("keys/log.vkey"));
            if (!key.pem().equals(bundle.text("keys/log.pub.pem"))) {
                findings.fail(Step.V2, "keys/log.pub.pem is another key than keys/log.vkey");
            }
            return key;
        } catch (IllegalArgumentException e) {
            if (given == null) {
                throw new Unreadable("keys/log.vkey: " + e.getMessage());
            }
            findings.fail(Step.V2, "keys/log.vkey: " + e.getMessage());
            return given;
        }
    }
}
