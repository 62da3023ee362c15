package dev.ronde.mail.inbound;

import java.io.ByteArrayOutputStream;
import java.util.Locale;

/** Undoes base64 and quoted-printable (RFC 2045 6.7, 6.8), forgiving: what does not belong is left out. */
final class TransferDecoding {
    private TransferDecoding() {}

    static byte[] decode(byte[] raw, int from, int to, String encoding) {
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "base64" -> base64(raw, from, to);
            case "quoted-printable" -> quotedPrintable(raw, from, to);
            default -> java.util.Arrays.copyOfRange(raw, from, to);
        };
    }

    static byte[] base64(byte[] raw, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((to - from) * 3 / 4 + 3);
        int bits = 0;
        int held = 0;
        for (int at = from; at < to; at++) {
            if (raw[at] == '=') {
                // padding ends the content; garbage after it is not ours
                break;
            }
            int six = six(raw[at]);
            if (six >= 0) {
                bits = bits << 6 | six;
                held += 6;
                if (held >= 8) {
                    held -= 8;
                    bytes.write(bits >> held & 0xFF);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static int six(byte unit) {
        if (unit >= 'A' && unit <= 'Z') {
            return unit - 'A';
        }
        if (unit >= 'a' && unit <= 'z') {
            return unit - 'a' + 26;
        }
        if (unit >= '0' && unit <= '9') {
            return unit - '0' + 52;
        }
        return unit == '+' || unit == '-' ? 62 : unit == '/' || unit == '_' ? 63 : -1;
    }

    static byte[] quotedPrintable(byte[] raw, int from, int to) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
        int at = from;
        while (at < to) {
            if (raw[at] != '=') {
                bytes.write(raw[at++]);
                continue;
            }
            int blank = at + 1;
            while (blank < to && (raw[blank] == ' ' || raw[blank] == '\t')) {
                blank++;
            }
            if (blank >= to) {
                return bytes.toByteArray();
            }
            if (raw[blank] == '\r' || raw[blank] == '\n') {
                at = raw[blank] == '\r' && blank + 1 < to && raw[blank + 1] == '\n' ? blank + 2 : blank + 1;
            } else if (at + 2 < to && hex(raw[at + 1]) >= 0 && hex(raw[at + 2]) >= 0) {
                bytes.write(hex(raw[at + 1]) << 4 | hex(raw[at + 2]));
                at += 3;
            } else {
                bytes.write('=');
                at++;
            }
        }
        return bytes.toByteArray();
    }

    private static int hex(byte unit) {
        return Character.digit((char) (unit & 0xFF), 16);
    }
}
