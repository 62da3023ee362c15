package dev.ronde.evidence.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The word of a witness that a log only grew up to a checkpoint: C2SP tlog-cosignature, Ed25519. */
public final class Cosignature {
    private static final int LENGTH = 4 + 8 + 64;

    private Cosignature() {}

    /** The signature line of a witness for the signed text of a checkpoint. */
    public static SignedNote.Line sign(String checkpoint, SigningKey key, String name, Instant at) {
        byte[] line = ByteBuffer.allocate(LENGTH)
                .put(HexFormat.of().parseHex(key.witnessKey(name).keyId()))
                .putLong(at.getEpochSecond())
                .put(key.sign(message(checkpoint, at.getEpochSecond())))
                .array();
        return new SignedNote.Line(name, Base64.getEncoder().encodeToString(line));
    }

    /** When the witness signed the text of this checkpoint; empty where the line is not a valid one of this key. */
    public static Optional<Instant> time(String checkpoint, SignedNote.Line line, VerifierKey witness) {
        byte[] both = Base64.getDecoder().decode(line.signature());
        if (!line.name().equals(witness.name()) || both.length != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(both);
        byte[] id = new byte[4];
        byte[] signature = new byte[64];
        read.get(id);
        long seconds = read.getLong();
        read.get(signature);
        boolean valid = HexFormat.of().formatHex(id).equals(witness.keyId())
                && seconds > 0
                && seconds <= Instant.MAX.getEpochSecond()
                && witness.verifies(message(checkpoint, seconds), signature);
        return valid ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    }

    /** The time that a line says which was verified before. */
    public static Instant time(SignedNote.Line verified) {
        return Instant.ofEpochSecond(ByteBuffer.wrap(Base64.getDecoder().decode(verified.signature()))
                .getLong(4));
    }

    private static byte[] message(String checkpoint, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint).getBytes(StandardCharsets.UTF_8);
    }
}
