package dev.ronde.check.probe;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Memcached over UDP: the command {@code version} behind the eight bytes of the UDP frame. Any answer makes the server an amplifier. */
final class MemcachedUdpProbe implements NetworkProbe.Conversation {
    static final String TYPE = "memcached.open-udp";

    private static final byte[] VERSION = "\0\1\0\0\0\1\0\0version\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        return Map.of("version", WordProbe.facts(session.datagram("version", VERSION, (bytes, length) -> {
            boolean frame = length > 8 && bytes[0] == 0 && bytes[1] == 1;
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return frame && text.startsWith("VERSION ", 8) ? "version" : frame ? "answered" : "other";
        })));
    }
}
