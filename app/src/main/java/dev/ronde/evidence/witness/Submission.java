package dev.ronde.evidence.witness;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.SignedNote;
import java.util.Arrays;
import java.util.List;

record Submission(long old, List<Hash> proof, SignedNote note, Checkpoint checkpoint) {
    private static final int MOST_HASHES = 63;

    /** Reads a body; {@link IllegalArgumentException} if it is not exactly of the form of C2SP tlog-witness. */
    static Submission parse(String body) {
        int gap = body.indexOf("\n\n");
        List<String> head = Arrays.asList(body.substring(0, Math.max(gap, 0)).split("\n", -1));
        if (!head.get(0).matches("old (0|[1-9][0-9]{0,17})") || head.size() > MOST_HASHES + 1) {
            throw new IllegalArgumentException("not an add-checkpoint request");
        }
        SignedNote note = SignedNote.parse(body.substring(gap + 2));
        return new Submission(
                Long.parseLong(head.get(0).substring(4)),
                head.stream().skip(1).map(Hash::ofBase64).toList(),
                note,
                Checkpoint.parse(note.text()));
    }
}
