package dev.ronde.mail.handle;

import java.util.Locale;
import java.util.Optional;

/** RFC 4648 base32 in lower case without padding: survives gateways that fold case, and no linkifier breaks it. */
final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    private Base32() {}

    /** Encodes whole groups only: the length must be a multiple of 5 bytes. */
    static String encode(byte[] bytes) {
        if (bytes.length % 5 != 0) {
            throw new IllegalArgumentException(
                    "base32 without padding needs a multiple of 5 bytes, not " + bytes.length);
        }
        StringBuilder text = new StringBuilder(bytes.length / 5 * 8);
        for (int at = 0; at < bytes.length; at += 5) {
            long group = 0;
            for (int i = 0; i < 5; i++) {
                group = (group << 8) | (bytes[at + i] & 0xff);
            }
            for (int shift = 35; shift >= 0; shift -= 5) {
                text.append(ALPHABET.charAt((int) ((group >> shift) & 31)));
            }
        }
        return text.toString();
    }

    /** Ignores case; empty if a character is invalid or a group is incomplete. */
    static Optional<byte[]> decode(String text) {
        if (text.length() % 8 != 0) {
            return Optional.empty();
        }
        String lower = text.toLowerCase(Locale.ROOT);
        byte[] bytes = new byte[text.length() / 8 * 5];
        for (int group = 0; group < text.length() / 8; group++) {
            long bits = 0;
            for (int i = 0; i < 8; i++) {
                int digit = ALPHABET.indexOf(lower.charAt(group * 8 + i));
                if (digit < 0) {
                    return Optional.empty();
                }
                bits = (bits << 5) | digit;
            }
            for (int i = 0; i < 5; i++) {
                bytes[group * 5 + i] = (byte) (bits >> (32 - 8 * i));
            }
        }
        return Optional.of(bytes);
    }
}
