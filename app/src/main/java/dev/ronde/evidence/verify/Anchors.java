package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Frontier;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.MerkleVerifier;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.VerifierKey;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** V6: the checkpoints the auditor holds, each compared with the log of the bundle. */
final class Anchors {
    private final Findings findings;
    private final TreeMap<Long, Checkpoint> held = new TreeMap<>();
    private final Map<Long, Hash> recomputed = new HashMap<>();

    Anchors(Findings findings) {
        this.findings = findings;
    }

    void read(List<Path> files, VerifierKey key) {
        for (Path file : files) {
            try {
                List<String> notes = HeldCheckpoints.in(Files.readString(file, StandardCharsets.UTF_8));
                if (notes.isEmpty()) {
                    throw new IllegalArgumentException("it holds no signed note");
                }
                for (String note : notes) {
                    hold(file, SignedNote.parse(note), key);
                }
            } catch (NoSuchFileException e) {
                throw new Unreadable("there is no file " + file + ": name a checkpoint you hold");
            } catch (CharacterCodingException e) {
                throw new Unreadable(file + " is not a checkpoint: it is no text");
            } catch (IOException e) {
                throw new Unreadable("cannot read " + file + ": " + e.getMessage());
            } catch (IllegalArgumentException e) {
                throw new Unreadable(file + " is not a checkpoint: " + e.getMessage());
            }
        }
    }

    private void hold(Path file, SignedNote note, VerifierKey key) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (!note.isSignedBy(key)) {
            findings.fail(Step.V6, file + " is not signed by the verifier key");
            return;
        }
        Checkpoint other = held.put(checkpoint.size(), checkpoint);
        if (other != null && !other.equals(checkpoint)) {
            findings.fail(
                    Step.V6,
                    "two of your checkpoints of " + checkpoint.size()
                            + " records have different roots: the log was split");
        }
    }

    /** Called with the growing tree of the bundle; remembers the roots at the sizes of interest. */
    void grown(Frontier frontier) {
        if (held.containsKey(frontier.size())) {
            recomputed.put(frontier.size(), frontier.root());
        }
    }

    void compare(Checkpoint head, Documents documents) {
        recomputed.put(head.size(), head.root());
        for (Checkpoint mine : held.values()) {
            compare(mine, head, documents);
        }
        long anchored = held.isEmpty() ? 0 : Math.min(held.lastKey(), head.size());
        if (anchored < head.size()) {
            findings.warn(
                    Step.V6,
                    "UNANCHORED: " + (head.size() - anchored) + " of " + head.size()
                            + " records are newer than every checkpoint you gave; whoever holds the key could have rewritten them");
        }
    }

    private void compare(Checkpoint mine, Checkpoint head, Documents documents) {
        Hash root = recomputed.get(mine.size());
        if (mine.size() > head.size()) {
            findings.fail(
                    Step.V6,
                    "your checkpoint has " + mine.size() + " records, this bundle only " + head.size()
                            + ": it is an old bundle, or the log was cut");
        } else if (root != null) {
            if (!root.equals(mine.root())) {
                findings.fail(
                        Step.V6,
                        "at " + mine.size() + " records the log of this bundle has another root than your checkpoint");
            }
        } else if (mine.size() > 0 && !proved(mine, head, documents)) {
            findings.fail(
                    Step.V6,
                    "nothing in this bundle shows that its log extends your checkpoint of " + mine.size()
                            + " records; ask for an export that begins earlier");
        }
    }

    private static boolean proved(Checkpoint mine, Checkpoint head, Documents documents) {
        return documents.list("ledger/consistency.json").stream()
                .filter(entry -> Long.valueOf(mine.size()).toString().equals(String.valueOf(entry.get("size"))))
                .anyMatch(entry -> MerkleVerifier.isExtension(
                        mine.size(), mine.root(), head.size(), head.root(), Documents.hashes(entry.get("proof"))));
    }
}
