package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Redis and Valkey: an inline PING, which reads and changes nothing. {@code -NOPERM} means that whoever connects is logged in, as a user that
 * may not PING but may do other things.
 */
final class RedisProbe {
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    private RedisProbe() {}

    static String ping(Line line) throws IOException {
        line.send(PING);
        line.lineFrom(0);
        if (line.startsWith("+PONG")) {
            return "pong";
        }
        if (line.startsWith("-NOAUTH")) {
            return "noauth";
        }
        if (line.startsWith("-NOPERM")) {
            return "noperm";
        }
        return line.startsWith("-DENIED") ? "denied" : "other";
    }
}
