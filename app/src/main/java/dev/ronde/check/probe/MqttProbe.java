package dev.ronde.check.probe;

import java.io.IOException;
import java.util.Map;

/** MQTT 3.1.1 (OASIS, §3.1): one CONNECT without user name; the connection is closed after CONNACK, nothing is subscribed. */
final class MqttProbe implements NetworkProbe.Conversation {
    /** Fixed header, protocol name MQTT, level 4, clean session, keep alive 10 s, client id "ronde". */
    private static final byte[] CONNECT = {
        0x10, 17, 0, 4, 'M', 'Q', 'T', 'T', 4, 0x02, 0, 10, 0, 5, 'r', 'o', 'n', 'd', 'e'
    };

    private static final byte CONNACK = 0x20;

    @Override
    public Map<String, Object> hold(ProbeSession session) {
        Reply<Long> connect = session.either("CONNECT", MqttProbe::connect);
        long code = connect.contentOr(-1L);
        return Facts.of(connect)
                .reply(code < 0 ? "other" : "connack")
                .and("returnCode", code)
                .and("overTls", connect.overTls())
                .in("connect");
    }

    private static Long connect(Line line) throws IOException {
        line.send(CONNECT);
        boolean whole = line.atLeast(4);
        byte[] packet = line.buffer();
        if (!whole || packet[0] != CONNACK || packet[1] != 2) {
            return -1L;
        }
        int code = packet[3] & 0xff;
        line.status(code);
        return (long) code;
    }
}
