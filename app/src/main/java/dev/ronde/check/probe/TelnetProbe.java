package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Telnet (RFC 854): waits for what a server says by itself and keeps only what kind of greeting that is. */
final class TelnetProbe {
    private static final int INTERPRET_AS_COMMAND = 0xff;

    private TelnetProbe() {}

    static String ask(Line line) throws IOException {
        line.atLeast(3);
        byte[] bytes = line.buffer();
        if ((bytes[0] & 0xff) == INTERPRET_AS_COMMAND && (bytes[1] & 0xff) >= 0xfb) {
            return "telnet";
        }
        if (line.startsWith("SSH")) {
            return "ssh";
        }
        while (line.length() < 256 && !says(line) && line.more()) {
            // Some greet line by line before they ask for a name.
        }
        return says(line) ? "telnet" : "other";
    }

    private static boolean says(Line line) {
        String text = new String(line.buffer(), 0, line.length(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        return text.contains("login:")
                || text.contains("username:")
                || text.contains("user name:")
                || text.contains("telnet");
    }
}
