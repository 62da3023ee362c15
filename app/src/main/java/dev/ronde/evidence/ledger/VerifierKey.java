package dev.ronde.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A C2SP Ed25519 verifier key ("vkey"): {@code name+hex(key id)+base64(type || public key)}; 0x01 signs notes, 0x04 cosigns checkpoints. */
public final class VerifierKey {
    /** DER before the 32 key bytes of an Ed25519 SubjectPublicKeyInfo, RFC 8410. */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte ED25519 = 1;
    private static final byte COSIGNATURE = 4;

    private final byte type;
    private final String name;
    private final byte[] publicKey;

    private VerifierKey(byte type, String name, byte[] publicKey) {
        if (!Checkpoint.isOrigin(name) || publicKey.length != 32) {
            throw new IllegalArgumentException("a verifier key has a name without blanks or + and 32 key bytes");
        }
        this.type = type;
        this.name = name;
        this.publicKey = publicKey.clone();
    }

    /** Reads a vkey line of a log; {@link IllegalArgumentException} if any of its parts disagrees. */
    public static VerifierKey parse(String text) {
        return parse(ED25519, text);
    }

    /** Reads a vkey line of a witness; {@link IllegalArgumentException} if any of its parts disagrees. */
    public static VerifierKey parseWitness(String text) {
        return parse(COSIGNATURE, text);
    }

    private static VerifierKey parse(byte type, String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a verifier key is name+id+key: " + text);
        }
        byte[] typed = Base64.getDecoder().decode(parts[2]);
        if (typed.length != 33 || typed[0] != type) {
            throw new IllegalArgumentException(
                    "not the Ed25519 verifier key of a " + (type == ED25519 ? "log" : "witness") + ": " + text);
        }
        VerifierKey key = new VerifierKey(type, parts[0], Arrays.copyOfRange(typed, 1, 33));
        if (!key.encoded().equals(text.strip())) {
            throw new IllegalArgumentException("the key id does not belong to the key: " + text);
        }
        return key;
    }

    public static VerifierKey ofX509(String name, byte[] encoded) {
        return ofX509(ED25519, name, encoded);
    }

    static VerifierKey witnessOfX509(String name, byte[] encoded) {
        return ofX509(COSIGNATURE, name, encoded);
    }

    private static VerifierKey ofX509(byte type, String name, byte[] encoded) {
        if (encoded.length != 44 || !Arrays.equals(X509_PREFIX, Arrays.copyOf(encoded, 12))) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        return new VerifierKey(type, name, Arrays.copyOfRange(encoded, 12, 44));
    }

    public String name() {
        return name;
    }

    /** The first four bytes of SHA-256(name LF type key), in hex. */
    public String keyId() {
        byte[] typed = typed();
        byte[] head = (name + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + typed.length);
        System.arraycopy(typed, 0, all, head.length, typed.length);
        return Hash.sha256(all).hex().substring(0, 8);
    }

    /** The vkey line, without a line end. */
    public String encoded() {
        return name + "+" + keyId() + "+" + Base64.getEncoder().encodeToString(typed());
    }

    public String pem() {
        return Pem.encode("PUBLIC KEY", x509());
    }

    /** True if {@code signature} is a valid Ed25519 signature of {@code message} under this key. */
    public boolean verifies(byte[] message, byte[] signature) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509()));
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private byte[] typed() {
        byte[] typed = new byte[33];
        typed[0] = type;
        System.arraycopy(publicKey, 0, typed, 1, 32);
        return typed;
    }

    private byte[] x509() {
        byte[] encoded = Arrays.copyOf(X509_PREFIX, 44);
        System.arraycopy(publicKey, 0, encoded, 12, 32);
        return encoded;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey that && encoded().equals(that.encoded());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    @Override
    public String toString() {
        return encoded();
    }
}
