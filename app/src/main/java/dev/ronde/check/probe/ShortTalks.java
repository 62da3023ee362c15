package dev.ronde.check.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Conversations of one question, whose bytes stand here, and of one answer, of which a word or a number comes back. */
final class ShortTalks {
    /** Version 4, no flags, stream 0, opcode STARTUP, 22 bytes: the map {CQL_VERSION: 3.0.0}. */
    private static final byte[] CASSANDRA_STARTUP = bytes("\4\0\0\0\1\0\0\0\26\0\1\0\13CQL_VERSION\0\0053.0.0");
    /** Fixed header, protocol name MQTT, level 4, clean session, keep alive 10 s, client id "ronde". */
    private static final byte[] MQTT_CONNECT = bytes("\20\21\0\4MQTT\4\2\0\12\0\5ronde");

    private static final int MQTT_CONNACK = 0x20;
    private static final byte[] RDP_REQUEST = bytes("\3\0\0\23\16\340\0\0\0\0\0\1\0\10\0\0\0\0\0");
    /** Kinds of a negotiation, [MS-RDPBCGR] §2.2.1.2.1 and §2.2.1.2.2. */
    private static final int RDP_RESPONSE = 2;

    private static final int RDP_FAILURE = 3;
    private static final Pattern RSYNC_MODULE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final byte[] SNMP_OBJECT_ID = {0x2b, 6, 1, 2, 1, 1, 2, 0};
    private static final int SNMP_RESPONSE = 0xa2;
    private static final int TELNET_COMMAND = 0xff;

    private ShortTalks() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Cassandra (native protocol v4, §4.1.1): STARTUP without credentials; READY means that none are wanted. */
    static String cassandra(Line line) throws IOException {
        line.send(CASSANDRA_STARTUP);
        boolean whole = line.atLeast(9);
        byte[] frame = line.buffer();
        if (!whole || (frame[0] & 0xf0) != 0x80 || frame[2] != 0 || frame[3] != 0) {
            return "other";
        }
        return switch (frame[4]) {
            case 2 -> "ready";
            case 3 -> "authenticate";
            default -> "other";
        };
    }

    /**
     * Redis and Valkey: an inline PING, which reads and changes nothing. {@code -NOPERM} means that whoever connects is logged in, as a user that
     * may not PING but may do other things.
     */
    static String redis(Line line) throws IOException {
        line.send(bytes("PING\r\n"));
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

    /** Memcached: the command {@code version}, which touches no key. */
    static String memcached(Line line) throws IOException {
        line.send(bytes("version\r\n"));
        line.lineFrom(0);
        if (line.startsWith("VERSION ")) {
            return "version";
        }
        return line.startsWith("CLIENT_ERROR unauthenticated") ? "unauthenticated" : "other";
    }

    /** The same over UDP, where eight bytes of a frame stand before it and any answer makes the server an amplifier. */
    static Map<String, Object> memcachedOverUdp(ProbeSession session) {
        byte[] question = bytes("\0\1\0\0\0\1\0\0version\r\n");
        return Map.of("version", Facts.word(session.datagram("version", question, (bytes, length) -> {
            boolean frame = length > 8 && bytes[0] == 0 && bytes[1] == 1;
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            return frame && text.startsWith("VERSION ", 8) ? "version" : frame ? "answered" : "other";
        })));
    }

    /** Telnet (RFC 854): waits for what a server says by itself and keeps only what kind of greeting that is. */
    static String telnet(Line line) throws IOException {
        line.atLeast(3);
        byte[] bytes = line.buffer();
        if ((bytes[0] & 0xff) == TELNET_COMMAND && (bytes[1] & 0xff) >= 0xfb) {
            return "telnet";
        }
        if (line.startsWith("SSH")) {
            return "ssh";
        }
        while (line.length() < 256 && !asksForLogin(line) && line.more()) {
            // Some greet line by line before they ask for a name.
        }
        return asksForLogin(line) ? "telnet" : "other";
    }

    private static boolean asksForLogin(Line line) {
        String text = line.text(0, line.length()).toString().toLowerCase(Locale.ROOT);
        return text.contains("login:")
                || text.contains("username:")
                || text.contains("user name:")
                || text.contains("telnet");
    }

    /** RDP ([MS-RDPBCGR] §2.2.1.1): a connection request that offers only the old security, to see what the server insists on. */
    static String rdp(Line line) throws IOException {
        line.send(RDP_REQUEST);
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
        if (kind == RDP_RESPONSE) {
            return code == 0 ? "standard" : "other";
        }
        if (kind != RDP_FAILURE) {
            return "other";
        }
        return switch (code) {
            case 1 -> "tls-required";
            case 5, 6 -> "nla-required";
            default -> "other";
        };
    }

    /** MQTT 3.1.1 (OASIS, §3.1): one CONNECT without user name; the connection is closed after CONNACK, nothing is subscribed. */
    static Map<String, Object> mqtt(ProbeSession session) {
        Reply<Long> connect = session.either("CONNECT", ShortTalks::connack);
        long code = connect.contentOr(-1L);
        return Facts.of(connect)
                .reply(code < 0 ? "other" : "connack")
                .and("returnCode", code)
                .and("overTls", connect.overTls())
                .in("connect");
    }

    private static Long connack(Line line) throws IOException {
        line.send(MQTT_CONNECT);
        boolean whole = line.atLeast(4);
        byte[] packet = line.buffer();
        if (!whole || packet[0] != MQTT_CONNACK || packet[1] != 2) {
            return -1L;
        }
        int code = packet[3] & 0xff;
        line.status(code);
        return (long) code;
    }

    /**
     * etcd: a range request that only counts one key that does not exist (POST in shape, a read in effect). {@code /version} is open even
     * where authentication is on, so it is no evidence.
     */
    static Map<String, Object> etcd(ProbeSession session) {
        HttpTalk talk = HttpTalk.etcdCount(session);
        // the status that tells a TLS port apart; any other has already become a word
        return Map.of(
                "range",
                Facts.word(HttpTalk.either(
                        session, talk, line -> counted(talk, line), word -> word.equals("bad-request") ? 400 : 200)));
    }

    private static String counted(HttpTalk talk, Line line) throws IOException {
        HttpReply reply = talk.exchange(line);
        boolean says = reply.holds("user name is empty")
                || reply.holds("permission denied")
                || reply.holds("invalid auth token");
        if (says || reply.status() == 401 || reply.status() == 403) {
            return "unauthenticated";
        }
        if (reply.status() == 200 && reply.holds("\"cluster_id\"")) {
            return "counted";
        }
        return reply.status() == 400 ? "bad-request" : "other";
    }

    /** rsync daemon: greets and names one module that the operator configured; modules are never listed, nothing is transferred. */
    static Map<String, Object> rsync(ProbeSession session) {
        String module = session.target().options().getOrDefault("module", "");
        return Map.of("module", Facts.word(session.plain("module", line -> module(line, module))));
    }

    private static String module(Line line, String module) throws IOException {
        int at = line.lineFrom(0);
        if (at < 0 || !line.startsWith("@RSYNCD: ")) {
            return "other";
        }
        if (!RSYNC_MODULE.matcher(module).matches()) {
            return "no-module";
        }
        line.send(bytes("@RSYNCD: 31.0\n" + module + "\n"));
        while (true) {
            int next = line.lineFrom(at);
            if (next < 0) {
                return "other";
            }
            if (line.startsWith("@RSYNCD: OK", at)) {
                return "open";
            }
            if (line.startsWith("@RSYNCD: AUTHREQD", at)) {
                return "auth-required";
            }
            if (line.startsWith("@ERROR: Unknown module", at)) {
                return "unknown-module";
            }
            if (line.startsWith("@ERROR: access denied", at) || line.startsWith("@ERROR: auth failed", at)) {
                return "denied";
            }
            // too many connections, a folder that is not there: nothing of who may come in
            if (line.startsWith("@ERROR", at)) {
                return "undecided";
            }
            at = next;
        }
    }

    /** SNMP v2c (RFC 3416): GET sysObjectID.0 with the community every device once shipped with; one packet of 40 bytes, no value kept. */
    static Map<String, Object> snmp(ProbeSession session) {
        byte[] binding = Ber.element(0x30, Ber.element(0x06, SNMP_OBJECT_ID), Ber.element(0x05));
        byte[] get = Ber.element(0xa0, Ber.integer(1), Ber.integer(0), Ber.integer(0), Ber.element(0x30, binding));
        byte[] question = Ber.element(0x30, Ber.integer(1), Ber.element(0x04, bytes("public")), get);
        return Map.of("get", Facts.word(session.datagram("GET sysObjectID.0", question, ShortTalks::community)));
    }

    private static String community(byte[] bytes, int length) {
        if (length < 10 || bytes[0] != 0x30 || Ber.length(bytes, 0, length) < 8) {
            return "other";
        }
        int version = Ber.content(bytes, 0);
        int community = version + 3;
        if (bytes[version] != 0x02 || community + 2 >= length || bytes[community] != 0x04) {
            return "other";
        }
        int pdu = Ber.content(bytes, community) + Math.max(0, Ber.length(bytes, community, length));
        return pdu < length && (bytes[pdu] & 0xff) == SNMP_RESPONSE ? "answered" : "other";
    }
}
