package dev.ronde.check.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One ClientHello that offers exactly one protocol version, and what the server says to it in the clear (RFC 5246 §7.4.1, RFC 8446
 * §4.1). The handshake is not continued.
 */
final class TlsHello {
    private static final int PROTOCOL_VERSION = 70;
    private static final int SUPPORTED_VERSIONS = 43;
    /** Bytes of a ServerHello up to its session id: version, random, length of the id. */
    private static final int FIXED = 35;
    /** Where the random ends: after the version and 32 bytes. */
    private static final int RANDOM_END = 34;

    private static final byte[] DOWNGRADE = HexFormat.of().parseHex("444f574e47524401");

    private static final byte[] GROUPS = HexFormat.of().parseHex("000a" + "000a0008001d001700180019");
    private static final byte[] POINTS = HexFormat.of().parseHex("000b" + "00020100");
    private static final byte[] SIGNATURES =
            HexFormat.of().parseHex("000d" + "001e001c0403050306030804080508060807080808090401050106010201" + "0203");
    private static final byte[] SHARE = HexFormat.of().parseHex("0033" + "00260024001d0020");
    private static final byte[] NO_SHARE = HexFormat.of().parseHex("0033" + "00020000");
    private static final byte[] ONLY_13 = HexFormat.of().parseHex("002b" + "0003020304");

    private TlsHello() {}

    enum Word {
        /** A ServerHello of the offered version, a HelloRetryRequest included. */
        ACCEPTED,
        /** An alert, or a ServerHello of another version. */
        REFUSED,
        /** The alert that says that neither this version nor an older one is spoken (RFC 5246 §7.2.2 and appendix E.1). */
        ONLY_NEWER,
        /** Something that is not TLS. */
        NOT_TLS
    }

    /**
     * What came back.
     *
     * @param chain DER of the certificates that followed the ServerHello in the clear, the leaf first; empty where none did, as
     *     always in TLS 1.3
     * @param speaksNewer whether the server said that it speaks TLS 1.3 although less was offered; one that does not say so may speak it
     *     too
     */
    record Answer(Word word, List<byte[]> chain, boolean speaksNewer) {
        Answer(Word word) {
            this(word, List.of(), false);
        }
    }

    /**
     * Sends the ClientHello and reads the answer.
     *
     * @param keyShare whether a hello of TLS 1.3 has a key share; without one a server that speaks TLS 1.3 asks for it in a
     *     HelloRetryRequest, and that is answer enough (RFC 8446 §4.2.8)
     */
    static Answer exchange(Line line, TlsVersion version, boolean keyShare, @Nullable String serverName)
            throws IOException {
        line.wipe();
        line.send(record(version, keyShare, serverName));
        TlsFlight flight = new TlsFlight(line);
        byte[] hello = flight.next(TlsFlight.SERVER_HELLO);
        if (hello == null) {
            return new Answer(refusal(version, flight.alert()));
        }
        Word word = serverHello(hello, version);
        boolean inTheClear = word == Word.ACCEPTED && version != TlsVersion.TLS13;
        return inTheClear ? new Answer(word, chain(flight), endsAsOfTls13(hello)) : new Answer(word);
    }

    /** A TLS 1.3 server ends the random with this mark when it agrees to TLS 1.2 (RFC 8446 §4.1.3). */
    private static boolean endsAsOfTls13(byte[] hello) {
        return Arrays.equals(hello, RANDOM_END - DOWNGRADE.length, RANDOM_END, DOWNGRADE, 0, DOWNGRADE.length);
    }

    /** A TLS 1.3 hello lists versions, and the alert only says that none of them is spoken (RFC 8446 §4.2.1). */
    private static Word refusal(TlsVersion version, OptionalInt alert) {
        if (alert.isEmpty()) {
            return Word.NOT_TLS;
        }
        boolean tooOld = version != TlsVersion.TLS13 && alert.getAsInt() == PROTOCOL_VERSION;
        return tooOld ? Word.ONLY_NEWER : Word.REFUSED;
    }

    /** An accepted version stays accepted, whatever the bytes after it are. */
    private static List<byte[]> chain(TlsFlight flight) {
        try {
            byte[] body = flight.next(TlsFlight.CERTIFICATE);
            return body == null ? List.of() : TlsFlight.chain(body);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static Word serverHello(byte[] body, TlsVersion version) {
        if (body.length < FIXED) {
            return Word.NOT_TLS;
        }
        int negotiated = two(body, 0);
        int at = FIXED + (body[FIXED - 1] & 0xff) + 3 + 2;
        while (at + 4 <= body.length) {
            if (two(body, at) == SUPPORTED_VERSIONS && at + 6 <= body.length) {
                negotiated = two(body, at + 4);
            }
            at += 4 + two(body, at + 2);
        }
        return negotiated == version.number() ? Word.ACCEPTED : Word.REFUSED;
    }

    static byte[] record(TlsVersion version, boolean keyShare, @Nullable String serverName) {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        two(hello, version.legacyNumber());
        hello.writeBytes(random());
        hello.write(0);
        two(hello, version.suites().length);
        hello.writeBytes(version.suites());
        hello.write(1);
        hello.write(0);
        byte[] extensions = extensions(version, keyShare, serverName);
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

    private static byte[] extensions(TlsVersion version, boolean keyShare, @Nullable String serverName) {
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
            out.writeBytes(keyShare ? SHARE : NO_SHARE);
            if (keyShare) {
                // Any 32 bytes are an X25519 share (RFC 7748 §5), and nothing is ever computed with it.
                out.writeBytes(random());
            }
        }
        return out.toByteArray();
    }

    /** Need not be secret, since nothing is derived from it; all threads share the one secure source. */
    private static byte[] random() {
        byte[] bytes = new byte[32];
        ThreadLocalRandom.current().nextBytes(bytes);
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
