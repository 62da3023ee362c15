package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.SignedNote;
import dev.ronde.evidence.ledger.SigningKey;
import dev.ronde.evidence.ledger.VerifierKey;
import java.nio.file.Path;
import java.util.List;

/** The ledger key's word on the manifest of a backup: a signed note whose first line no checkpoint can begin with. */
public final class BackupSignature {
    private static final String FIRST_LINE = "Ronde backup, SHA-256 of its manifest";

    private BackupSignature() {}

    public static String sign(String manifestSha256, LedgerKeys keys) {
        return SignedNote.sign(text(manifestSha256), keys.logKey(), keys.origin())
                .encoded();
    }

    /** Whether the note is about this manifest and signed by the key of this line, as {@code ledger vkey} prints it. */
    public static boolean isBy(String vkey, String note, String manifestSha256) {
        return read(note, manifestSha256).stream().anyMatch(read -> read.isSignedBy(VerifierKey.parse(vkey)));
    }

    /** The same with the ledger key in this file, under whatever name it signed. */
    public static boolean isBy(Path key, String note, String manifestSha256) {
        SigningKey signing = SigningKey.load(key);
        return read(note, manifestSha256).stream()
                .anyMatch(read -> read.signatures().stream()
                        .map(SignedNote.Line::name)
                        .filter(Checkpoint::isOrigin)
                        .anyMatch(name -> read.isSignedBy(signing.verifierKey(name))));
    }

    private static List<SignedNote> read(String note, String manifestSha256) {
        try {
            SignedNote read = SignedNote.parse(note);
            return read.text().equals(text(manifestSha256)) ? List.of(read) : List.of();
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    private static String text(String manifestSha256) {
        return FIRST_LINE + "\n" + manifestSha256 + "\n";
    }
}
