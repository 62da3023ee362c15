package dev.ronde.check.probe;

import java.io.IOException;

/** RDP ([MS-RDPBCGR] §2.2.1.1): a connection request that offers only the old security, to see what the server insists on. */
final class RdpProbe {
    private static final byte[] REQUEST = {3, 0, 0, 19, 14, (byte) 0xe0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0, 0};

    /** Kinds of a negotiation, [MS-RDPBCGR] §2.2.1.2.1 and §2.2.1.2.2. */
    private static final int RESPONSE = 2;

    private static final int FAILURE = 3;

    private RdpProbe() {}

    static String ask(Line line) throws IOException {
        line.send(REQUEST);
        boolean whole = line.atLeast(11);
        byte[] reply = line.buffer();
        if (!whole || reply[0] != 3 || reply[1] != 0 || (reply[5] & 0xf0) != 0xd0) {
            return "other";
        }
        int length = ((reply[2] & 0xff) << 8) | (reply[3] & 0xff);
        if (length < 19) {
            return "standard";
        }
        if (!line.atLeast(19)) {
            return "other";
        }
        int code = line.buffer()[15] & 0xff;
        int kind = line.buffer()[11];
        if (kind == RESPONSE) {
            return code == 0 ? "standard" : "other";
        }
        if (kind != FAILURE) {
            return "other";
        }
        return switch (code) {
            case 1 -> "tls-required";
            case 5, 6 -> "nla-required";
            default -> "other";
        };
    }
}
