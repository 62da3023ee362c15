package dev.ronde.evidence.report;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** UUIDs that follow from a name within a name space (RFC 9562, version 5): the same thing has the same one in every bundle. */
record OscalIds(UUID space) {
    OscalIds within(String name) {
        return new OscalIds(uuid(name));
    }

    /** @param key what tells it apart, its kind first */
    String of(String... key) {
        return uuid(String.join("\n", key)).toString();
    }

    private UUID uuid(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer hashed = ByteBuffer.wrap(sha1(ByteBuffer.allocate(16 + text.length)
                .putLong(space.getMostSignificantBits())
                .putLong(space.getLeastSignificantBits())
                .put(text)
                .array()));
        long high = (hashed.getLong() & ~0xF000L) | 0x5000L;
        long low = (hashed.getLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low);
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
