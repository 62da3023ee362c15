package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.SignedNote;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What an auditor kept: a checkpoint alone, a mail as any program saves it, or the file to which every checkpoint was appended. */
public final class HeldCheckpoints {
    private HeldCheckpoints() {}

    /**
     * The newest checkpoint in what was kept; its signature is not verified.
     *
     * @throws IllegalArgumentException where there is none, or no file
     */
    public static Checkpoint newest(Path file) {
        return notes(file).stream()
                .map(note -> Checkpoint.parse(SignedNote.parse(note).text()))
                .max(Comparator.comparingLong(Checkpoint::size))
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    static List<String> notes(Path file) {
        try {
            Map<String, Object> found = EvidenceVerify.verifier().apply(Map.of("held", file.toString()));
            return (List<String>) EvidenceVerify.part(found, "notes");
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
