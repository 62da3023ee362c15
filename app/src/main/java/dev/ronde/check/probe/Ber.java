package dev.ronde.check.probe;

import java.io.ByteArrayOutputStream;

/** As much of BER (X.690) as the questions of LDAP and SNMP need: definite lengths, one byte tags. */
final class Ber {
    private Ber() {}

    static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream();
        element.write(tag);
        if (content.size() < 128) {
            element.write(content.size());
        } else {
            element.write(0x82);
            element.write(content.size() >> 8);
            element.write(content.size());
        }
        element.writeBytes(content.toByteArray());
        return element.toByteArray();
    }

    static byte[] integer(int value) {
        return element(0x02, new byte[] {(byte) value});
    }

    /** The length of the element's content, or -1 if it is not a valid length. */
    static int length(byte[] bytes, int at, int end) {
        if (at + 1 >= end) {
            return -1;
        }
        int first = bytes[at + 1] & 0xff;
        if (first < 128) {
            return first;
        }
        int count = first & 0x7f;
        if (count == 0 || count > 4 || at + 1 + count >= end) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (bytes[at + 2 + i] & 0xff);
        }
        return length >>> 24 == 0 ? length : -1;
    }

    static int content(byte[] bytes, int at) {
        int first = bytes[at + 1] & 0xff;
        return at + 2 + (first < 128 ? 0 : first & 0x7f);
    }
}
