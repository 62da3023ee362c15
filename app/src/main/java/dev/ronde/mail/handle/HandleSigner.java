package dev.ronde.mail.handle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks handles: 40 characters of {@code a-z2-7} that hold a key id, a grant id and a tag of 128 bits over
 * purpose, grant and instance (HMAC-SHA-256, RFC 2104). Checking reads no database.
 */
public final class HandleSigner {
    /** RFC 4648 base32 in lower case without padding: survives gateways that fold case, and no linkifier breaks it. */
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private static final int LENGTH = 40;
    private static final int BYTES = 25;
    private static final int TAG = 16;

    private final MasterKeys keys;
    private final UUID instance;

    public HandleSigner(MasterKeys keys, UUID instance) {
        this.keys = keys;
        this.instance = instance;
    }

    public record Named(int kid, long grantId) {}

    /** The handle of a grant; the same one every time.
     *
     * @throws IllegalStateException when the key file no longer holds the key */
    public String sign(HandlePurpose purpose, int kid, long grantId) {
        byte[] tag = tag(purpose, kid, grantId)
                .orElseThrow(() -> new IllegalStateException("The mail key file has no key " + kid));
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put((byte) kid)
                .putLong(grantId)
                .put(tag)
                .array();
        BigInteger number = new BigInteger(1, bytes);
        StringBuilder handle = new StringBuilder(LENGTH);
        for (int at = LENGTH - 1; at >= 0; at--) {
            handle.append(ALPHABET.charAt(number.shiftRight(5 * at).intValue() & 31));
        }
        return handle.toString();
    }

    /** What the handle names, in any case; empty where it is malformed, of another purpose or not ours. */
    public Optional<Named> verify(HandlePurpose purpose, String handle) {
        return bytes(handle).flatMap(bytes -> {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            int kid = buffer.get();
            long grantId = buffer.getLong();
            byte[] given = Arrays.copyOfRange(bytes, BYTES - TAG, BYTES);
            return tag(purpose, kid, grantId)
                    .filter(expected -> MessageDigest.isEqual(expected, given))
                    .map(same -> new Named(kid, grantId));
        });
    }

    private static Optional<byte[]> bytes(String handle) {
        BigInteger number = BigInteger.ZERO;
        for (char letter : handle.toLowerCase(Locale.ROOT).toCharArray()) {
            int digit = ALPHABET.indexOf(letter);
            if (digit < 0 || handle.length() != LENGTH) {
                return Optional.empty();
            }
            number = number.shiftLeft(5).or(BigInteger.valueOf(digit));
        }
        byte[] bytes = new byte[BYTES];
        for (int at = 0; at < BYTES; at++) {
            bytes[at] = number.shiftRight(8 * (BYTES - 1 - at)).byteValue();
        }
        return handle.isEmpty() ? Optional.empty() : Optional.of(bytes);
    }

    /** HMAC-SHA-256 over any text, keyed for one use by the newest master; for nonces and thread names.
     *
     * @return the first 16 bytes */
    public byte[] seal(String use, String text) {
        return Arrays.copyOf(
                hmac(derived(keys.secret(keys.newest()).orElseThrow(), use), text.getBytes(StandardCharsets.UTF_8)),
                TAG);
    }

    private Optional<byte[]> tag(HandlePurpose purpose, int kid, long grantId) {
        return keys.secret(kid).map(secret -> {
            byte[] message = ByteBuffer.allocate(6 + 1 + 8 + 16)
                    .put("ronde1".getBytes(StandardCharsets.US_ASCII))
                    .put((byte) purpose.letter())
                    .putLong(grantId)
                    .putLong(instance.getMostSignificantBits())
                    .putLong(instance.getLeastSignificantBits())
                    .array();
            return Arrays.copyOf(hmac(derived(secret, String.valueOf(purpose.letter())), message), TAG);
        });
    }

    private static byte[] derived(byte[] master, String use) {
        return hmac(master, ("ronde-key|" + use).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }
}
