package dev.ronde.evidence.verify;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.SignedNote;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What an auditor kept: a checkpoint alone, a mail as any program saves it, or the file to which every checkpoint was appended. */
public final class HeldCheckpoints {
    private HeldCheckpoints() {}

    /**
     * The newest checkpoint in what was kept whose signature is good; empty where none is.
     *
     * @throws IllegalArgumentException where there is no checkpoint at all, or no file
     */
    public static Optional<Checkpoint> newest(Path file, Predicate<SignedNote> good) {
        return notes(file).stream()
                .map(SignedNote::parse)
                .filter(good)
                .map(note -> Checkpoint.parse(note.text()))
                .max(Comparator.comparingLong(Checkpoint::size));
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
