package dev.ronde.check.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One ClientHello that offers exactly one protocol version, and the first record of the answer (RFC 5246 §7.4.1, RFC 8446 §4.1).
 * The handshake is not continued.
 */
final class TlsHello {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int UNRECOGNIZED_NAME = 112;
    private static final byte[] GROUPS = HexFormat.of().parseHex("000a" + "000a0008001d001700180019");
    private static final byte[] POINTS = HexFormat.of().parseHex("000b" + "00020100");
    private static final byte[] SIGNATURES =
            HexFormat.of().parseHex("000d" + "001e001c0403050306030804080508060807080808090401050106010201" + "0203");
    private static final byte[] ONLY_13 = HexFormat.of().parseHex("002b" + "0003020304");

    private TlsHello() {}

    /** Answer to a ClientHello. */
    enum Answer {
        /** A ServerHello of the offered version, a HelloRetryRequest included. */
        ACCEPTED,
        /** An alert, or a ServerHello of another version. */
        REFUSED,
        /** Something that is not TLS. */
        NOT_TLS
    }

    /** Sends the ClientHello and reads the answer. */
    static Answer exchange(Line line, TlsVersion version, @Nullable String serverName) throws IOException {
        line.send(record(version, serverName));
        while (true) {
            if (!line.atLeast(7) || line.buffer()[1] != 3) {
                return Answer.NOT_TLS;
            }
            byte[] bytes = line.buffer();
            int length = two(bytes, 3);
            if (bytes[0] == 21 && length == 2) {
                if (bytes[5] != 1 || bytes[6] != UNRECOGNIZED_NAME) {
                    return Answer.REFUSED;
                }
                // A warning that the name is unknown; the ServerHello follows (RFC 6066 §3).
                line.wipe();
            } else if (bytes[0] == 22) {
                line.atLeast(Math.min(5 + length, 512));
                return serverHello(line, version);
            } else {
                return Answer.NOT_TLS;
            }
        }
    }

    private static Answer serverHello(Line line, TlsVersion version) {
        byte[] bytes = line.buffer();
        if (bytes[5] != 2 || line.length() < 44) {
            return Answer.NOT_TLS;
        }
        int negotiated = two(bytes, 9);
        int extensions = 44 + (bytes[43] & 0xff) + 3 + 2;
        int at = extensions;
        while (at + 4 <= line.length()) {
            if (two(bytes, at) == 43 && at + 6 <= line.length()) {
                negotiated = two(bytes, at + 4);
            }
            at += 4 + two(bytes, at + 2);
        }
        return negotiated == version.number() ? Answer.ACCEPTED : Answer.REFUSED;
    }

    static byte[] record(TlsVersion version, @Nullable String serverName) {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        two(hello, version.legacyNumber());
        hello.writeBytes(random());
        hello.write(0);
        two(hello, version.suites().length);
        hello.writeBytes(version.suites());
        hello.write(1);
        hello.write(0);
        byte[] extensions = extensions(version, serverName);
        two(hello, extensions.length);
        hello.writeBytes(extensions);
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(22);
        two(record, 0x0301);
        two(record, hello.size() + 4);
        record.write(1);
        record.write(0);
        two(record, hello.size());
        record.writeBytes(hello.toByteArray());
        return record.toByteArray();
    }

    private static byte[] extensions(TlsVersion version, @Nullable String serverName) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (serverName != null) {
            byte[] name = serverName.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            two(out, 0);
            two(out, name.length + 5);
            two(out, name.length + 3);
            out.write(0);
            two(out, name.length);
            out.writeBytes(name);
        }
        out.writeBytes(GROUPS);
        out.writeBytes(POINTS);
        if (version.number() >= TlsVersion.TLS12.number()) {
            out.writeBytes(SIGNATURES);
        }
        if (version == TlsVersion.TLS13) {
            out.writeBytes(ONLY_13);
            // Any 32 bytes are an X25519 share (RFC 7748 §5), and nothing is ever computed with it.
            out.writeBytes(HexFormat.of().parseHex("0033" + "00260024001d0020"));
            out.writeBytes(random());
        }
        return out.toByteArray();
    }

    private static byte[] random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static int two(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    private static void two(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
