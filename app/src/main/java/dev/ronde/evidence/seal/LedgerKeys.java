package dev.ronde.evidence.seal;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of this installation, known to the ledger by their {@code key.added} records. */
public final class LedgerKeys {
    /** Purpose of the key that signs checkpoints, as in {@code key.added}. */
    public static final String LOG = "log";

    public static final String EXPORT = "export";

    private static final Logger log = LoggerFactory.getLogger(LedgerKeys.class);

    /** How long checkpoints have the signature of the key before, too: a verifier that knows only that one verifies them. */
    static final Duration BOTH = Duration.ofDays(30);

    private final LedgerFiles files;
    private final String origin;
    private final SigningKey logKey;
    private final SigningKey exportKey;
    private List<LogKey> history = List.of();
    private volatile @Nullable SigningKey retiring;

    private LedgerKeys(LedgerFiles files, String origin, SigningKey logKey, SigningKey exportKey) {
        this.files = files;
        this.origin = origin;
        this.logKey = logKey;
        this.exportKey = exportKey;
    }

    /** A key that has signed checkpoints, by its {@code key.added} record. */
    private record LogKey(VerifierKey key, Instant addedAt) {}

    /**
     * Loads the keys, or makes them where the ledger is new, and records them.
     *
     * @throws SettingsException if the ledger knows another key than the one in the file: a second log would begin
     */
    public static LedgerKeys open(LedgerFiles files, Database database, EvidenceLog evidence) {
        return database.inTransaction(tx -> {
            SealDao dao = tx.attach(SealDao.class);
            dao.insertHead(Hash.EMPTY);
            dao.lockHead();
            List<LogKey> history = logKeys(dao);
            Optional<VerifierKey> known = history.stream().findFirst().map(LogKey::key);
            known.ifPresent(key -> takeNext(files, key));
            String origin =
                    !files.originChosen() && known.isPresent() ? known.get().name() : files.origin();
            if (known.isPresent() && !Files.exists(files.ledgerKey())) {
                throw new SettingsException(
                        "The ledger key " + files.ledgerKey() + " is missing, but this ledger is signed by "
                                + known.get().encoded() + ". Put that key back, or point " + Setting.LEDGER_KEY.key()
                                + " to it.");
            }
            LedgerKeys keys = new LedgerKeys(files, origin, own(files.ledgerKey()), own(files.exportKey()));
            known.ifPresent(key -> requireSame(key, keys.verifierKey(), files));
            keys.record(tx, evidence, known.isEmpty(), newestExport(dao));
            keys.history = known.isEmpty() ? logKeys(dao) : history;
            keys.retiring = keys.previous(dao);
            return keys;
        });
    }

    private static SigningKey own(Path file) {
        try {
            return SigningKey.create(file);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }

    private static void requireSame(VerifierKey known, VerifierKey found, LedgerFiles files) {
        if (!known.name().equals(found.name())) {
            throw new SettingsException(Setting.LEDGER_ORIGIN.key() + " is " + found.name()
                    + ", but this ledger began as " + known.name() + ". Set it to " + known.name() + " or remove it.");
        }
        if (!known.equals(found)) {
            throw new SettingsException("The ledger key in " + files.ledgerKey() + " is " + found.encoded()
                    + ", but this ledger is signed by " + known.encoded()
                    + ". Mount the same key on every node; see " + Setting.LEDGER_KEY.key() + ".");
        }
    }

    private void record(Handle tx, EvidenceLog evidence, boolean first, Optional<VerifierKey> knownExport) {
        if (first) {
            evidence.append(tx, added(LOG, verifierKey()));
            log.info("ledger key {}", verifierKey());
        }
        VerifierKey export = exportVerifierKey();
        if (knownExport.isEmpty() || !knownExport.get().equals(export)) {
            evidence.append(tx, added(EXPORT, export));
        }
    }

    private static Evidence added(String purpose, VerifierKey key) {
        return Evidence.of("key.added", Actor.SYSTEM, Subject.of("key", key.keyId()))
                .data("purpose", purpose)
                .data("vkey", key.encoded());
    }

    private static Optional<VerifierKey> newestExport(SealDao dao) {
        return records(dao, "key.added", EXPORT).map(LedgerKeys::key).findFirst();
    }

    /** Newest first. */
    private static List<LogKey> logKeys(SealDao dao) {
        return records(dao, "key.added", LOG)
                .map(record -> new LogKey(key(record), Instant.parse(String.valueOf(record.get("recordedAt")))))
                .toList();
    }

    private static Stream<Map<String, Object>> records(SealDao dao, String type, String purpose) {
        return dao.listPayloads(type).stream()
                .map(Canonical::parse)
                .filter(record -> record.get("data") instanceof Map<?, ?> data && purpose.equals(data.get("purpose")));
    }

    private static VerifierKey key(Map<String, Object> record) {
        return VerifierKey.parse(String.valueOf(((Map<?, ?>) Objects.requireNonNull(record.get("data"))).get("vkey")));
    }

    /** The key before this one, until it is retired; null where there is none, or it was compromised. */
    private @Nullable SigningKey previous(SealDao dao) {
        if (history.size() < 2) {
            return null;
        }
        VerifierKey key = history.get(1).key();
        boolean ended = Stream.of("key.retired", "key.compromised")
                .flatMap(type -> records(dao, type, LOG))
                .anyMatch(record -> key(record).equals(key));
        Path file = former(files, key);
        if (!ended && !Files.exists(file)) {
            log.warn("the ledger key before this one is not in {}: checkpoints have one signature", file);
        }
        return ended || !Files.exists(file) ? null : SigningKey.load(file);
    }

    private static Path next(LedgerFiles files) {
        return files.ledgerKey().resolveSibling(files.ledgerKey().getFileName() + ".next");
    }

    private static Path former(LedgerFiles files, VerifierKey key) {
        return files.ledgerKey().resolveSibling(files.ledgerKey().getFileName() + "." + key.keyId());
    }

    /** Puts the next key in the place of the one before once the log has announced it; goes on where it was broken off. */
    private static void takeNext(LedgerFiles files, VerifierKey newest) {
        Path next = next(files);
        if (!Files.exists(next)
                || !SigningKey.load(next).verifierKey(newest.name()).equals(newest)) {
            return;
        }
        try {
            Path former = former(files, SigningKey.load(files.ledgerKey()).verifierKey(newest.name()));
            if (!Files.exists(former)) {
                Files.createLink(former, files.ledgerKey());
            }
            Files.move(next, files.ledgerKey(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot put the new ledger key in place", e);
        }
    }

    /** Makes the next key, or takes that of the token to which the operator's file leads, and announces it; it is in force once the ledger is opened again. */
    VerifierKey announceNext(Database database, EvidenceLog evidence, Actor by) {
        try {
            if (!SigningKey.isOnToken(next(files))) {
                Files.deleteIfExists(next(files));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a new ledger key", e);
        }
        VerifierKey next = SigningKey.create(next(files)).verifierKey(origin);
        database.useTransaction(tx -> evidence.append(
                tx,
                Evidence.of("key.added", by, Subject.of("key", next.keyId()))
                        .data("purpose", LOG)
                        .data("vkey", next.encoded())
                        .data("replaces", verifierKey().encoded())));
        return next;
    }

    /** Ends the double signature when its time has come; once, whichever node notices. */
    void retire(Database database, EvidenceLog evidence, Instant now) {
        if (retiring == null || now.isBefore(history.get(0).addedAt().plus(BOTH))) {
            return;
        }
        VerifierKey old = history.get(1).key();
        database.useTransaction(tx -> {
            SealDao dao = tx.attach(SealDao.class);
            dao.lockHead();
            if (records(dao, "key.retired", LOG).noneMatch(record -> key(record).equals(old))) {
                evidence.append(
                        tx,
                        Evidence.of("key.retired", Actor.SYSTEM, Subject.of("key", old.keyId()))
                                .data("purpose", LOG)
                                .data("vkey", old.encoded()));
            }
        });
        retiring = null;
    }

    /** Whether the note is signed by a key that this log has announced. */
    boolean haveSigned(SignedNote note) {
        return history.stream().anyMatch(known -> note.isSignedBy(known.key()));
    }

    /** The same, asked of a database whose ledger is not opened. */
    public static boolean haveSigned(Handle handle, SignedNote note) {
        return logKeys(handle.attach(SealDao.class)).stream().anyMatch(known -> note.isSignedBy(known.key()));
    }

    SignedNote sign(String text) {
        SignedNote note = SignedNote.sign(text, logKey, origin);
        SigningKey before = retiring;
        if (before == null) {
            return note;
        }
        List<SignedNote.Line> lines = new ArrayList<>(note.signatures());
        lines.addAll(SignedNote.sign(text, before, origin).signatures());
        return new SignedNote(text, lines);
    }

    public String origin() {
        return origin;
    }

    /** What an auditor writes down at the start: the only key that may sign checkpoints. */
    public VerifierKey verifierKey() {
        return logKey.verifierKey(origin);
    }

    public VerifierKey exportVerifierKey() {
        return exportKey.verifierKey(origin + "/export");
    }

    SigningKey logKey() {
        return logKey;
    }

    /** The Ed25519 signature of a bundle's SHA256SUMS. */
    public byte[] signExport(byte[] content) {
        return exportKey.sign(content);
    }
}
