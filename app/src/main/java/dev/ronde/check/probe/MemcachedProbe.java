package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Memcached over TCP: the command {@code version}, which touches no key. */
final class MemcachedProbe implements NetworkProbe.Conversation {
    static final String TYPE = "memcached.open-tcp";

    private static final byte[] VERSION = "version\r\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<String> version = session.either("version", MemcachedProbe::version);
        return Map.of(
                "version",
                Map.of(
                        "outcome", version.outcome().code(),
                        "reply", version.contentOr("none"),
                        "bytesRead", (long) version.bytesRead(),
                        "overTls", version.overTls()));
    }

    private static String version(Line line) throws IOException {
        line.send(VERSION);
        line.line(512);
        if (line.startsWith("VERSION ")) {
            return "version";
        }
        return line.startsWith("CLIENT_ERROR unauthenticated") ? "unauthenticated" : "other";
    }
}
