package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Memcached: the command {@code version}, which touches no key, over TCP and over UDP, where any answer makes the server an amplifier. */
final class MemcachedProbe {
    private static final byte[] VERSION = "version\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] FRAMED = "\0\1\0\0\0\1\0\0version\r\n".getBytes(StandardCharsets.ISO_8859_1);

    private MemcachedProbe() {}

    static String version(Line line) throws IOException {
        line.send(VERSION);
        line.lineFrom(0);
        if (line.startsWith("VERSION ")) {
            return "version";
        }
        return line.startsWith("CLIENT_ERROR unauthenticated") ? "unauthenticated" : "other";
    }

    /** Over UDP eight bytes of a frame stand before it. */
    static Map<String, Object> overUdp(ProbeSession session) {
        return Map.of("version", Facts.word(session.datagram("version", FRAMED, (bytes, length) -> {
            boolean frame = length > 8 && bytes[0] == 0 && bytes[1] == 1;
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return frame && text.startsWith("VERSION ", 8) ? "version" : frame ? "answered" : "other";
        })));
    }
}
