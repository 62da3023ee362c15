package dev.ronde.check.probe;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** SNMP v2c (RFC 3416): GET sysObjectID.0 with the community every device once shipped with; one packet of 40 bytes, no value kept. */
final class SnmpProbe implements NetworkProbe.Conversation {
    private static final byte[] SYS_OBJECT_ID = {0x2b, 6, 1, 2, 1, 1, 2, 0};
    private static final int RESPONSE = 0xa2;

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        return Map.of("get", Facts.word(session.datagram("GET sysObjectID.0", question(), SnmpProbe::word)));
    }

    private static byte[] question() {
        byte[] binding = Ber.element(0x30, Ber.element(0x06, SYS_OBJECT_ID), Ber.element(0x05));
        byte[] get = Ber.element(0xa0, Ber.integer(1), Ber.integer(0), Ber.integer(0), Ber.element(0x30, binding));
        return Ber.element(0x30, Ber.integer(1), Ber.element(0x04, "public".getBytes(StandardCharsets.US_ASCII)), get);
    }

    private static String word(byte[] bytes, int length) {
        if (length < 10 || bytes[0] != 0x30 || Ber.length(bytes, 0, length) < 8) {
            return "other";
        }
        int version = Ber.content(bytes, 0);
        int community = version + 3;
        if (bytes[version] != 0x02 || community + 2 >= length || bytes[community] != 0x04) {
            return "other";
        }
        int pdu = Ber.content(bytes, community) + Math.max(0, Ber.length(bytes, community, length));
        return pdu < length && (bytes[pdu] & 0xff) == RESPONSE ? "answered" : "other";
    }
}
