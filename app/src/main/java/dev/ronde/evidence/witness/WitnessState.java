package dev.ronde.evidence.witness;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Cosignature;
import dev.ronde.evidence.ledger.GuardFile;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.platform.config.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a witness keeps in one file: its verifier key on the first line, then the newest cosigned checkpoint of each log, one a line as in
 * {@code checkpoints.txt}, so that the file itself is one of checkpoints an auditor holds. Its private key lies beside it.
 */
final class WitnessState {
    private final Path file;
    private final SigningKey key;
    private final VerifierKey verifierKey;
    /** Until the process ends: two witnesses on one state would contradict each other. */
    private final FileLock lock;

    private final Map<String, SignedNote> newest = new TreeMap<>();

    private WitnessState(Path file, SigningKey key, VerifierKey verifierKey, FileLock lock) {
        this.lock = lock;
        this.file = file;
        this.key = key;
        this.verifierKey = verifierKey;
    }

    /**
     * Reads the state, or begins one under this name.
     *
     * @throws SettingsException where the file is damaged, of another key, or in use by another witness: two would contradict each other
     */
    static WitnessState open(Path file, Optional<String> name) {
        Path keyFile = file.resolveSibling(file.getFileName() + ".key");
        try {
            boolean known = Files.exists(file);
            if (known && !Files.exists(keyFile)) {
                throw new SettingsException(
                        "The key " + keyFile + " is missing. Put it back: a witness keeps its key.");
            }
            SigningKey key = SigningKey.create(keyFile);
            FileLock lock = lock(keyFile);
            if (known) {
                return read(file, key, name, lock);
            }
            String chosen = name.orElseThrow(() -> new SettingsException(
                    "A new witness needs a name: add --name, such as witness.example.org/ronde."));
            WitnessState fresh = new WitnessState(file, key, key.witnessKey(chosen), lock);
            fresh.write();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static FileLock lock(Path keyFile) throws IOException {
        try {
            FileLock lock = FileChannel.open(keyFile, StandardOpenOption.WRITE).tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // This very process has it: the same.
        }
        throw new SettingsException("Another witness runs with " + keyFile + ". Give this one a --state of its own.");
    }

    private static WitnessState read(Path file, SigningKey key, Optional<String> name, FileLock lock)
            throws IOException {
        String[] lines = Files.readString(file).split("\n", -1);
        try {
            VerifierKey written = VerifierKey.parseWitness(lines[0]);
            if (!written.equals(key.witnessKey(name.orElse(written.name())))) {
                throw new SettingsException("The state " + file + " is that of " + written
                        + ", and --name or the key beside it is another.");
            }
            WitnessState state = new WitnessState(file, key, written, lock);
            for (int i = 1; i < lines.length - 1; i++) {
                String[] words = lines[i].split(" ", 4);
                SignedNote note = SignedNote.parse(words[3].split(" ", 3)[1] + "\n" + words[1] + "\n" + words[2]
                        + "\n\n" + words[3].replace(" \u2014 ", "\n\u2014 ") + "\n");
                state.time(note);
                state.newest.put(Checkpoint.parse(note.text()).origin(), note);
            }
            return state;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new SettingsException("The state " + file + " is damaged: " + e.getMessage());
        }
    }

    VerifierKey verifierKey() {
        return verifierKey;
    }

    SigningKey key() {
        return key;
    }

    /** The newest checkpoint this witness cosigned for a log. */
    Optional<Checkpoint> newest(String origin) {
        return Optional.ofNullable(newest.get(origin)).map(note -> Checkpoint.parse(note.text()));
    }

    /** Is on disk when it returns. */
    void put(String origin, SignedNote cosigned) {
        if (!lock.isValid()) {
            throw new IllegalStateException("the lock of " + file + " is lost");
        }
        newest.put(origin, cosigned);
        write();
    }

    private void write() {
        StringBuilder out = new StringBuilder(verifierKey.encoded()).append('\n');
        newest.forEach((origin, note) -> {
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            out.append(time(note))
                    .append(' ')
                    .append(checkpoint.size())
                    .append(' ')
                    .append(checkpoint.root().base64());
            note.signatures().forEach(line -> out.append(' ').append(line.encoded()));
            out.append('\n');
        });
        try {
            GuardFile.replace(file, out.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private Instant time(SignedNote note) {
        SignedNote.Line cosigned = note.signatures().get(note.signatures().size() - 1);
        return Cosignature.time(note.text(), cosigned, verifierKey)
                .orElseThrow(() -> new IllegalArgumentException("a checkpoint is not cosigned by its key"));
    }
}
