package dev.ronde.check.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Whom a group behind an export means. It is read where it stands: nothing of it is copied, so nothing of it is left to wipe. */
final class NfsGroup {
    private static final int NO_MASK = -1;

    private static final byte[][] EVERYBODY = {ascii("*"), ascii("(everyone)")};

    private NfsGroup() {}

    /**
     * Returns whether it is everybody: by a word, or by a network that is too wide to be anybody's, with a prefix length or a mask. Solaris
     * writes {@code @} before networks; BSD leaves the mask out, so that the address of no host stands for all.
     *
     * @param group its bytes, from 0 to the limit
     */
    static boolean isEverybody(ByteBuffer group) {
        for (byte[] word : EVERYBODY) {
            if (group.equals(ByteBuffer.wrap(word))) {
                return true;
            }
        }
        int from = group.limit() > 0 && group.get(0) == '@' ? 1 : 0;
        int slash = find(group, '/', from);
        ByteBuffer address = group.slice(from, slash - from);
        boolean isIp6 = find(address, ':', 0) < address.limit();
        if (!isAddress(address, isIp6)) {
            return false;
        }
        if (slash == group.limit()) {
            return isZero(address);
        }
        int bits = bits(group.slice(slash + 1, group.limit() - slash - 1));
        return bits != NO_MASK
                && (isIp6
                        ? NetworkWidth.isEverybody6(bits) && !isLocal(address, bits)
                        : NetworkWidth.isEverybody4(bits));
    }

    private static boolean isAddress(ByteBuffer address, boolean isIp6) {
        for (int i = 0; i < address.limit(); i++) {
            byte one = address.get(i);
            if (one != '.' && !(isIp6 && one == ':') && digit(one, isIp6 ? 16 : 10) < 0) {
                return false;
            }
        }
        return address.limit() > 0;
    }

    private static boolean isZero(ByteBuffer address) {
        boolean parted = false;
        for (int i = 0; i < address.limit(); i++) {
            parted |= digit(address.get(i), 16) < 0;
            if (digit(address.get(i), 16) > 0) {
                return false;
            }
        }
        return parted;
    }

    /** Unique local and link-local addresses (RFC 4193, RFC 4291 §2.5.6) are wide and lead to nobody outside. */
    private static boolean isLocal(ByteBuffer address, int bits) {
        int first = 0;
        for (int i = 0; address.get(i) != ':'; i++) {
            first = first * 16 + digit(address.get(i), 16);
        }
        return (bits >= 7 && (first & 0xfe00) == 0xfc00) || (bits >= 10 && (first & 0xffc0) == 0xfe80);
    }

    private static int bits(ByteBuffer mask) {
        int radix = find(mask, ':', 0) < mask.limit() ? 16 : 10;
        boolean parted = false;
        int bits = 0;
        int part = 0;
        for (int i = 0; i < mask.limit(); i++) {
            byte one = mask.get(i);
            if (one == '.' || one == ':') {
                parted = true;
                bits += Integer.bitCount(part);
                part = 0;
            } else if (digit(one, radix) < 0) {
                return NO_MASK;
            } else {
                part = Math.min(0xffff, part * radix + digit(one, radix));
            }
        }
        if (mask.limit() == 0) {
            return NO_MASK;
        }
        return parted ? bits + Integer.bitCount(part) : part;
    }

    private static int digit(byte one, int radix) {
        return Character.digit(one & 0xff, radix);
    }

    /** The limit if the character is missing. */
    private static int find(ByteBuffer text, char wanted, int from) {
        int at = from;
        while (at < text.limit() && text.get(at) != wanted) {
            at++;
        }
        return at;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
