package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * VNC (RFC 6143 §7.1): the versions and the list of security types. Of these only VeNCrypt is ever named, which is a list in itself: with
 * or without TLS it may go on without any authentication. The connection ends before a type is chosen that does anything.
 */
final class VncProbe {
    private static final int NONE = 1;
    private static final int VNC_PASSWORD = 2;
    private static final int TIGHT = 16;
    private static final int VENCRYPT = 19;

    /** RA2, RA2ne, SSPI, SSPIne, SASL, xvp, Apple's, MS-Logon II, RA256, RAne256; others may ask for nothing. */
    private static final Set<Integer> STRONG = Set.of(5, 6, 7, 8, 20, 22, 30, 33, 35, 36, 113, 129, 130);

    private static final byte[] VENCRYPT_VERSION = {0, 2};
    /** None, behind TLS. With X.509 (260) it may demand a certificate of the client, which nothing tells before the handshake. */
    private static final int TLS_NONE = 257;

    private static final int PLAIN = 256;
    private static final Set<Integer> BEHIND_TLS = Set.of(258, 259, 261, 262, 263, 264);

    private enum Offer {
        NONE_OFFERED,
        PASSWORD,
        UNDECIDED,
        STRONG;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        Offer and(Offer other) {
            return compareTo(other) <= 0 ? this : other;
        }
    }

    private VncProbe() {}

    static String ask(Line line) throws IOException {
        if (!line.atLeast(12) || !line.startsWith("RFB 00")) {
            return "other";
        }
        boolean old = line.startsWith("RFB 003.003");
        line.send((old ? "RFB 003.003\n" : "RFB 003.008\n").getBytes(StandardCharsets.US_ASCII));
        if (old) {
            return line.atLeast(16) ? word(line, Arrays.copyOfRange(line.buffer(), 15, 16)) : "other";
        }
        if (!line.atLeast(13)) {
            return "other";
        }
        int count = line.buffer()[12] & 0xff;
        return line.atLeast(13 + count) ? word(line, Arrays.copyOfRange(line.buffer(), 13, 13 + count)) : "other";
    }

    /** An empty list only refuses this connection; it does not say what the next one is offered. */
    private static String word(Line line, byte[] types) throws IOException {
        if (types.length == 0 || types[0] == 0) {
            return "refused";
        }
        Offer offer = Offer.STRONG;
        boolean vencrypt = false;
        for (byte type : types) {
            vencrypt |= type == VENCRYPT;
            offer = offer.and(type == VENCRYPT ? Offer.STRONG : offer(type & 0xff));
        }
        if (vencrypt && offer != Offer.NONE_OFFERED) {
            offer = offer.and(vencrypt(line));
        }
        return offer.word();
    }

    private static Offer offer(int type) {
        return switch (type) {
            case NONE -> Offer.NONE_OFFERED;
            case VNC_PASSWORD, TIGHT -> Offer.PASSWORD;
            default -> STRONG.contains(type) ? Offer.STRONG : Offer.UNDECIDED;
        };
    }

    private static Offer vencrypt(Line line) throws IOException {
        line.wipe();
        line.send(new byte[] {VENCRYPT});
        if (!line.atLeast(2) || line.buffer()[0] != 0 || line.buffer()[1] < 2) {
            return Offer.UNDECIDED;
        }
        line.send(VENCRYPT_VERSION);
        if (!line.atLeast(4) || line.buffer()[2] != 0) {
            return Offer.UNDECIDED;
        }
        int count = line.buffer()[3] & 0xff;
        if (count == 0 || !line.atLeast(4 + 4 * count)) {
            return Offer.UNDECIDED;
        }
        Offer offer = Offer.STRONG;
        for (int i = 0; i < count; i++) {
            offer = offer.and(subtype(line.bigEndian().getInt(4 + 4 * i)));
        }
        return offer;
    }

    private static Offer subtype(int type) {
        if (type == TLS_NONE) {
            return Offer.NONE_OFFERED;
        }
        if (type == PLAIN) {
            return Offer.PASSWORD;
        }
        return BEHIND_TLS.contains(type) ? Offer.STRONG : Offer.UNDECIDED;
    }
}
