package dev.ronde.evidence.ledger;

import dev.ronde.platform.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 value. Leaf and node hashing follow RFC 6962 §2.1: the prefixes keep a leaf from posing as a node. */
public final class Hash {
    /** The root of an empty tree: SHA-256 of nothing. */
    public static final Hash EMPTY = sha256(new byte[0]);

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps 32 bytes; anything else is an {@link IllegalArgumentException}. */
    public static Hash of(byte[] bytes) {
        if (bytes.length != 32) {
            throw new IllegalArgumentException("a SHA-256 value has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /** Reads 64 lower-case hex digits. */
    public static Hash ofHex(String hex) {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a lower-case hex SHA-256: " + hex);
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    public static Hash ofBase64(String text) {
        Hash hash = of(Base64.getDecoder().decode(text));
        if (!hash.base64().equals(text)) {
            throw new IllegalArgumentException("not canonical base64: " + text);
        }
        return hash;
    }

    public static Hash sha256(byte[] content) {
        return new Hash(Sha256.digest().digest(content));
    }

    public static Hash sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256(0x00 || payload). */
    public static Hash leaf(byte[] payload) {
        MessageDigest digest = Sha256.digest();
        digest.update((byte) 0);
        return new Hash(digest.digest(payload));
    }

    /** SHA-256(0x01 || left || right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest digest = Sha256.digest();
        digest.update((byte) 1);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
