package dev.ronde.evidence.witness;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Cosignature;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.platform.http.PostServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cosigns checkpoints of the logs it was given, each of which extends the one it cosigned before (C2SP tlog-witness). */
public final class Witness {
    private final WitnessState state;
    private final List<VerifierKey> logs;
    private final InstantSource clock;

    private Witness(WitnessState state, List<VerifierKey> logs, InstantSource clock) {
        this.state = state;
        this.logs = List.copyOf(logs);
        this.clock = clock;
    }

    /**
     * The witness that the file holds.
     *
     * @param name of the witness, needed where it begins; its key is made then
     */
    public static Witness open(Path state, Optional<String> name, List<VerifierKey> logs, InstantSource clock) {
        return new Witness(WitnessState.open(state, name), logs, clock);
    }

    public VerifierKey verifierKey() {
        return state.verifierKey();
    }

    /** Answers one {@code add-checkpoint} request; what it cosigned is on disk before. */
    public synchronized PostServer.Reply add(String body) {
        Submission asked;
        try {
            asked = Submission.parse(body);
        } catch (IllegalArgumentException e) {
            return answer(400, e.getMessage() + "\n");
        }
        Checkpoint checkpoint = asked.checkpoint();
        List<VerifierKey> keys = logs.stream()
                .filter(key -> key.name().equals(checkpoint.origin()))
                .toList();
        if (keys.isEmpty()) {
            return answer(404, "unknown log\n");
        }
        if (!signed(asked.note(), keys)) {
            return answer(403, "not signed by a known key of this log\n");
        }
        if (asked.old() > checkpoint.size()) {
            return answer(400, "the old size is larger than the checkpoint\n");
        }
        Optional<Checkpoint> newest = state.newest(checkpoint.origin());
        long known = newest.map(Checkpoint::size).orElse(0L);
        if (known != asked.old()) {
            return new PostServer.Reply(409, "text/x.tlog.size", known + "\n");
        }
        Hash before = newest.map(Checkpoint::root).orElse(Hash.EMPTY);
        if (!Merkle.isExtension(known, before, checkpoint.size(), checkpoint.root(), asked.proof())) {
            return answer(422, "the checkpoint does not extend the one of " + known + " records\n");
        }
        return cosign(asked.note(), checkpoint, keys);
    }

    private static PostServer.Reply answer(int status, String body) {
        return new PostServer.Reply(status, "text/plain; charset=utf-8", body);
    }

    private PostServer.Reply cosign(SignedNote note, Checkpoint checkpoint, List<VerifierKey> keys) {
        SignedNote.Line line =
                Cosignature.sign(note.text(), state.key(), verifierKey().name(), clock.instant());
        List<SignedNote.Line> lines = new ArrayList<>(note.signatures().stream()
                .filter(signature -> keys.stream().anyMatch(key -> by(note, signature, key)))
                .toList());
        lines.add(line);
        state.put(checkpoint.origin(), new SignedNote(note.text(), lines));
        return answer(200, line.encoded() + "\n");
    }

    /** At least one valid signature of a known key, and none that only claims to be of one. */
    private static boolean signed(SignedNote note, List<VerifierKey> keys) {
        boolean signed = false;
        for (SignedNote.Line line : note.signatures()) {
            for (VerifierKey key : keys) {
                if (line.isOf(key)) {
                    if (!by(note, line, key)) {
                        return false;
                    }
                    signed = true;
                }
            }
        }
        return signed;
    }

    private static boolean by(SignedNote note, SignedNote.Line line, VerifierKey key) {
        return new SignedNote(note.text(), List.of(line)).isSignedBy(key);
    }
}
