package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** VNC (RFC 6143 §7.1): the versions and the list of security types; the connection ends before any type is chosen. */
final class VncProbe {
    static final String TYPE = "vnc.security";

    private static final int NONE = 1;
    private static final int VNC_PASSWORD = 2;
    private static final int TIGHT = 16;

    private VncProbe() {}

    static WordProbe conversation() {
        return WordProbe.plain("security", "security types", VncProbe::ask);
    }

    private static String ask(Line line) throws IOException {
        if (!line.atLeast(12) || !line.startsWith("RFB 00")) {
            return "other";
        }
        boolean old = line.startsWith("RFB 003.003");
        line.send((old ? "RFB 003.003\n" : "RFB 003.008\n").getBytes(StandardCharsets.US_ASCII));
        if (old) {
            return line.atLeast(16) ? word(new byte[] {line.buffer()[15]}) : "other";
        }
        if (!line.atLeast(13)) {
            return "other";
        }
        int count = line.buffer()[12] & 0xff;
        if (count == 0) {
            return "refused";
        }
        if (!line.atLeast(13 + count)) {
            return "other";
        }
        return word(java.util.Arrays.copyOfRange(line.buffer(), 13, 13 + count));
    }

    private static String word(byte[] types) {
        boolean password = false;
        boolean strong = false;
        for (byte type : types) {
            if (type == NONE) {
                return "none-offered";
            }
            password |= type == VNC_PASSWORD || type == TIGHT;
            strong |= type != VNC_PASSWORD && type != TIGHT && type != 0;
        }
        return password ? "password" : strong ? "strong" : "refused";
    }
}
