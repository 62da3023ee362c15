package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Redis and Valkey: an inline PING, which reads and changes nothing. {@code -NOPERM} means that whoever connects is logged in, as a user that
 * may not PING but may do other things.
 */
final class RedisProbe implements NetworkProbe.Conversation {
    static final String TYPE = "redis.anonymous";

    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<String> ping = session.either("PING", RedisProbe::ping);
        return Map.of(
                "ping",
                Map.of(
                        "outcome", ping.outcome().code(),
                        "reply", ping.contentOr("none"),
                        "bytesRead", (long) ping.bytesRead(),
                        "overTls", ping.overTls()));
    }

    private static String ping(Line line) throws IOException {
        line.send(PING);
        line.line(512);
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
