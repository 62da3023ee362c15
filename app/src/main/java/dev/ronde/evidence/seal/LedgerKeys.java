package dev.ronde.evidence.seal;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Canonical;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.db.Database;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys of this installation, known to the ledger by their {@code key.added} records. */
public final class LedgerKeys {
    /** Purpose of the key that signs checkpoints, as in {@code key.added}. */
    public static final String LOG = "log";

    public static final String EXPORT = "export";

    private static final Logger log = LoggerFactory.getLogger(LedgerKeys.class);

    private final String origin;
    private final SigningKey logKey;
    private final SigningKey exportKey;

    private LedgerKeys(String origin, SigningKey logKey, SigningKey exportKey) {
        this.origin = origin;
        this.logKey = logKey;
        this.exportKey = exportKey;
    }

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
            Optional<VerifierKey> known = newest(dao, LOG);
            String origin =
                    !files.originChosen() && known.isPresent() ? known.get().name() : files.origin();
            if (known.isPresent() && !Files.exists(files.ledgerKey())) {
                throw new SettingsException(
                        "The ledger key " + files.ledgerKey() + " is missing, but this ledger is signed by "
                                + known.get().encoded() + ". Put that key back, or point " + Setting.LEDGER_KEY.key()
                                + " to it.");
            }
            LedgerKeys keys =
                    new LedgerKeys(origin, SigningKey.create(files.ledgerKey()), SigningKey.create(files.exportKey()));
            known.ifPresent(key -> requireSame(key, keys.verifierKey(), files));
            keys.record(tx, evidence, known.isEmpty(), newest(dao, EXPORT));
            return keys;
        });
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

    private static Optional<VerifierKey> newest(SealDao dao, String purpose) {
        return dao.listPayloads("key.added").stream()
                .map(payload -> (Map<?, ?>) Canonical.parse(payload).get("data"))
                .filter(data -> data != null && purpose.equals(data.get("purpose")))
                .map(data -> VerifierKey.parse(String.valueOf(data.get("vkey"))))
                .findFirst();
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
