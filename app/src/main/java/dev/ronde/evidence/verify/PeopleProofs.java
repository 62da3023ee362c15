package dev.ronde.evidence.verify;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.MerkleVerifier;
import dev.ronde.evidence.ledger.NotCanonical;
import dev.ronde.evidence.population.Leaf;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** V10 for {@code population/people.json}: each name is one that a record of this log says, or commits to, of that reference. */
final class PeopleProofs {
    static final String PATH = "population/people.json";

    private final Findings findings;
    private final @Nullable Checkpoint head;
    private final Map<String, String> names = new TreeMap<>();

    PeopleProofs(Documents documents, Findings findings, @Nullable Checkpoint head) {
        this.findings = findings;
        this.head = head;
        documents.list(PATH).forEach(this::read);
    }

    private void read(Map<?, ?> person) {
        String ref = String.valueOf(person.get("ref"));
        String name = String.valueOf(person.get("name"));
        try {
            if (!person.keySet().equals(Set.of("ref", "name", "salt", "record", "index", "proof"))
                    || !isProved(person, ref, name)) {
                findings.fail(Step.V10, PATH + ": no record of this log calls " + ref + " " + name);
            }
        } catch (NotCanonical | IllegalArgumentException | DateTimeException e) {
            findings.fail(Step.V10, PATH + ": the proof of " + ref + " is broken: " + e.getMessage());
        }
        if (names.put(ref, name) != null) {
            findings.fail(Step.V10, PATH + " names " + ref + " twice");
        }
    }

    private boolean isProved(Map<?, ?> person, String ref, String name) {
        byte[] record = String.valueOf(person.get("record")).getBytes(StandardCharsets.UTF_8);
        long index = Documents.number(person.get("index"));
        Leaf leaf = new Leaf(index, Canonical.read(record));
        return leaf.subjectId().equals(ref)
                && says(leaf, name, String.valueOf(person.get("salt")))
                && head != null
                && MerkleVerifier.includes(
                        Hash.leaf(record), index, head.size(), Documents.hashes(person.get("proof")), head.root());
    }

    private static boolean says(Leaf leaf, String name, String salt) {
        if (leaf.type().equals("token.created")) {
            return salt.isEmpty() && leaf.field("name").equals(name);
        }
        String commitment =
                EvidenceLog.commitment(HexFormat.of().parseHex(salt), name).hex();
        return leaf.subjectKind().equals("person")
                && commitment.equals(PrivateTexts.commitments(leaf).get("name"));
    }

    String nameOf(String ref) {
        return names.getOrDefault(ref, ref);
    }
}
