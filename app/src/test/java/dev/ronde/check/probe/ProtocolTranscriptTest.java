package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the specifications say servers answer, byte for byte, for the protocols that begin with the client. */
class ProtocolTranscriptTest {
    @ParameterizedTest
    @CsvSource({
        // OP_MSG with {databases: [], ok: 1.0}
        "0000000d dd070000 00000000 00 26000000 04 64617461626173657300 0500000000 01 6f6b00 000000000000f03f 00, listed",
        // {ok: 0.0, code: 13}
        "0000000d dd070000 00000000 00 1b000000 01 6f6b00 0000000000000000 10 636f646500 0d000000 00, unauthorized",
        // {ok: 0.0, code: 59}
        "0000000d dd070000 00000000 00 1b000000 01 6f6b00 0000000000000000 10 636f646500 3b000000 00, other",
        // OP_REPLY of an old server
        "0000000d 01000000 00000000 00 05000000 00, other"
    })
    void mongo(String rest, String reply) throws IOException {
        byte[] tail = HexFormat.of().parseHex(rest.replace(" ", "").substring(8));
        int length = 12 + tail.length;
        byte[] answer = ByteBuffer.allocate(length)
                .put(new byte[] {(byte) length, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0})
                .put(tail)
                .array();
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
            assertReply("mongodb.anonymous", server, "list", reply);
            assertThat(server.received(0))
                    .contains("listDatabases", "nameOnly", "ronde-probe-", "$db")
                    .hasSizeLessThan(150);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "840000000200000000, ready",
        "84000000030000000a0008416c6c6f77416c6c, authenticate",
        "8400000000000000080000000a00024e6f, other",
        "0400000002, other"
    })
    void cassandra(String hex, String reply) throws IOException {
        try (ScriptedServer server = bytes(hex)) {
            assertReply("cassandra.anonymous", server, "startup", reply);
            assertThat(server.received(0)).hasSize(31).contains("CQL_VERSION");
        }
    }

    /**
     * What a broker says to a handshake for a mechanism nobody has, and to Metadata behind it. Of a closed connection nothing is known.
     *
     * @param apis 17 where SaslHandshake is among what the broker knows
     */
    @ParameterizedTest
    @CsvSource({
        // UNSUPPORTED_SASL_MECHANISM with one that is known, and a mechanism that somebody has after all
        "17, 00000011 00000008 0021 00000001 0005 504c41494e, '', response, closed-before-sasl",
        "17, 0000000a 00000008 0000 00000000, '', response, closed-before-sasl",
        // ILLEGAL_SASL_STATE: a listener without SASL
        "17, 0000000a 00000008 0022 00000000, 00000010 00000009, response, metadata",
        "17, 0000000a 00000008 0022 00000000, 00000010 00000008, response, other",
        "17, 0000000a 00000008 0022 00000000, '', closed, none",
        "17, 0000000a 00000007 0021 00000000, '', response, other",
        "17, '', '', closed, none",
        "3, '', 00000010 00000009, response, metadata",
        "3, '', '', closed, none"
    })
    void kafka(int apis, String handshake, String metadata, String outcome, String reply) throws IOException {
        // ApiVersions: correlation 7, no error, Metadata versions 0 to 12 and SaslHandshake versions 0 to 1
        byte[] versions = HexFormat.of()
                .parseHex(
                        apis == 17
                                ? "00000016" + "00000007" + "0000" + "00000002" + "00030000000c" + "001100000001"
                                : "00000010" + "00000007" + "0000" + "00000001" + "00030000000c");
        byte[] answer = HexFormat.of().parseHex(metadata.isEmpty() ? "" : metadata.replace(" ", "") + "00".repeat(12));
        Script broker = apis == 17
                ? ScriptedServer.answer(versions, HexFormat.of().parseHex(handshake.replace(" ", "")), answer)
                : ScriptedServer.answer(versions, answer);
        try (ScriptedServer server = ScriptedServer.start(broker)) {
            assertThat(TestNetwork.facts("kafka.anonymous", server, "metadata"))
                    .containsEntry("outcome", outcome)
                    .containsEntry("reply", reply)
                    .containsEntry("saslNamed", reply.equals("closed-before-sasl"));
            assertThat(server.received(0).contains("RONDE-NONE")).isEqualTo(apis == 17);
        }
    }

    @Test
    void aBrokerThatDoesNotKnowOurVersionIsNoVerdict() throws IOException {
        byte[] versions = HexFormat.of().parseHex("00000010" + "00000007" + "0000" + "00000001" + "00030009000c");
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(versions))) {
            assertReply("kafka.anonymous", server, "metadata", "other");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "00002710, 0000000000000011, ffffff9b, open",
        "00002710, 0000000000000011, 00000000, open",
        "00002710, 0000000000000011, ffffff84, auth-required",
        "00002710, 0000000000000011, ffffff8d, auth-required",
        "00002710, 0000000000000011, ffffff9a, auth-required",
        "00002710, 0000000000000011, fffffffc, session",
        "00002710, 0000000000000011, ffffff90, session",
        "00002710, 0000000000000011, ffffff8a, session",
        "00002710, 0000000000000011, '', session",
        "00000000, 0000000000000000, '', refused"
    })
    void zookeeper(String timeout, String session, String error, String reply) throws IOException {
        byte[] connected =
                HexFormat.of().parseHex("00000025" + "00000000" + timeout + session + "00000010" + "00".repeat(17));
        byte[] answer =
                HexFormat.of().parseHex(error.isEmpty() ? "" : "00000010" + "00000001" + "0000000000000005" + error);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.hear();
            peer.say(connected);
            if (answer.length > 0) {
                peer.hear();
                peer.say(answer);
                peer.waitForEnd();
            }
        })) {
            assertReply("zookeeper.anonymous", server, "session", reply);
            assertThat(server.received(0)).doesNotContain("ls", "envi");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0300000b06d00000123400, standard",
        "030000130ed000001234000200080000000000, standard",
        "030000130ed000001234000300080001000000, tls-required",
        "030000130ed000001234000300080005000000, nla-required",
        "030000130ed000001234000300080002000000, other",
        "030000130ed000001234000400080005000000, other",
        "1503030002020000000000, closed"
    })
    void rdp(String hex, String reply) throws IOException {
        try (ScriptedServer server = bytes(hex)) {
            Map<String, Object> facts = TestNetwork.facts("rdp.negotiation", server, "negotiation");
            assertThat(facts).containsEntry(reply.equals("closed") ? "outcome" : "reply", reply);
            assertThat(server.received(0)).hasSize(19);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true, 3, 0302, ff, negotiated, true, 3.0.2, refused",
        "true, 1, 0210, 0, negotiated, false, 2.1, accepted",
        "true, 3, 0302, smb2, negotiated, true, 3.0.2, refused",
        "true, 3, 0302, http, negotiated, true, 3.0.2, other",
        "true, 3, 0302, bb0000c0, negotiated, true, 3.0.2, refused",
        "true, 3, 0302, 050200c0, negotiated, true, 3.0.2, other",
        "false, 0, 0, 0, other, false, none, accepted"
    })
    void smb(
            boolean two,
            int mode,
            String dialect,
            String one,
            String reply,
            boolean signing,
            String chosen,
            String smb1)
            throws IOException {
        byte[] two2 = new byte[4 + 64 + 65];
        two2[3] = (byte) (two2.length - 4);
        System.arraycopy(new byte[] {(byte) (two ? 0xfe : 0xfd), 'S', 'M', 'B'}, 0, two2, 4, 4);
        two2[68] = 65;
        two2[70] = (byte) mode;
        two2[72] = (byte) Integer.parseInt(dialect, 16);
        two2[73] = (byte) (Integer.parseInt(dialect, 16) >> 8);
        byte[] one1 = new byte[4 + 32 + 40];
        System.arraycopy(new byte[] {(byte) 0xff, 'S', 'M', 'B'}, 0, one1, 4, 4);
        one1[36] = 17;
        switch (one) {
            case "smb2" -> one1[4] = (byte) 0xfe;
            case "http" -> one1[4] = 'H';
            default -> {
                if (one.length() == 8) {
                    one1[36] = 0;
                    System.arraycopy(HexFormat.of().parseHex(one), 0, one1, 9, 4);
                } else {
                    one1[37] = (byte) Integer.parseInt(one, 16);
                    one1[38] = one1[37];
                }
            }
        }
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(two2), ScriptedServer.answer(one1))) {
            ProbeResult result = TestNetwork.collect("smb.negotiate", server.port());
            assertThat(TestNetwork.facts(result, "smb2"))
                    .containsEntry("reply", reply)
                    .containsEntry("signingRequired", signing)
                    .containsEntry("dialect", chosen);
            assertThat(TestNetwork.facts(result, "smb1")).containsEntry("reply", smb1);
            assertThat(server.received(1)).contains("NT LM 0.12");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "524f 8400 0001 0005, transferred",
        "524f 8405 0001 0000, refused",
        "524f 8409 0001 0000, not-its-zone",
        "524f 8402 0001 0000, other",
        "0000 8400 0001 0005, other"
    })
    void zoneTransfer(String head, String reply) throws IOException {
        byte[] answer = HexFormat.of().parseHex("0040" + head.replace(" ", "") + "00".repeat(56));
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
            Map<String, String> zone = Map.of("zone", "example.org");
            assertThat(TestNetwork.facts("dns.transfer", server, "transfer", zone))
                    .containsEntry("reply", reply);
            assertThat(server.received(0)).contains("example");
        }
    }

    /** PowerDNS says to whoever may not have a zone what all say of a zone that they do not have; the zone's own record tells. */
    @ParameterizedTest
    @CsvSource({"524f 8400 0001 0001, refused", "524f 8000 0001 0001, not-its-zone", "524f 8405 0001 0000, not-its-zone"
    })
    void notAuthoritativeForItsOwnZone(String soa, String reply) throws IOException {
        byte[] denied = HexFormat.of().parseHex("0040" + "524f840900010000" + "00".repeat(56));
        byte[] own = HexFormat.of().parseHex("0040" + soa.replace(" ", "") + "00".repeat(56));
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(denied, own))) {
            Map<String, String> zone = Map.of("zone", "example.org");
            assertThat(TestNetwork.facts("dns.transfer", server, "transfer", zone))
                    .containsEntry("reply", reply);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "300c02010161070a010004000400, accepted, not-asked",
        "300c02010161070a013004000400, refused, none",
        "300c02010161070a010104000400, other, none",
        "300c02010161070a010004000400 301002010264 0b 0404646320780c300030003000, accepted, entry",
        "300c02010161070a010004000400 300c02010265070a013204000400, accepted, refused",
        "300c02010161070a010004000400 300c02010265070a013504000400, accepted, other",
        "300c02010161070a010004000400 300c02010265070a010104000400, accepted, other",
        // 'bind must be completed'
        "300c02010161070a010004000400 302202010265 1d 0a0101 0400 0416 62696e64206d75737420626520636f6d706c65746564, accepted, refused"
    })
    void ldap(String hex, String bind, String search) throws IOException {
        String[] answers = hex.split(" ", 2);
        byte[] first = HexFormat.of().parseHex(answers[0]);
        byte[] second = HexFormat.of().parseHex(answers.length == 1 ? "" : answers[1].replace(" ", ""));
        try (ScriptedServer server = ScriptedServer.start(
                ScriptedServer.answer(first, second),
                ScriptedServer.answer(HexFormat.of().parseHex("300c02010178070a010004000400")))) {
            Map<String, String> options = second.length == 0 ? Map.of() : Map.of("suffix", "dc=example,dc=org");
            ProbeResult result = collect("ldap.anonymous", server, options);
            assertThat(TestNetwork.facts(result, "anonymous"))
                    .containsEntry("bind", bind)
                    .containsEntry("search", search);
            assertThat(TestNetwork.facts(result, "startTls")).containsEntry("reply", "offered");
            assertThat(server.received(0)).startsWith("0\f\u0002\u0001\u0001`\u0007\u0002\u0001\u0003\u0004\0\u0080\0");
        }
    }

    /** It takes the bind, wants TLS for the search, and then fails the handshake: the bind was taken all the same. */
    @Test
    void ldapWhoseTlsFailsHasTakenTheBindAllTheSame() throws IOException {
        byte[] accepted = HexFormat.of().parseHex("300c02010161070a010004000400");
        byte[] wantsTls = HexFormat.of().parseHex("300c02010265070a010d04000400");
        byte[] startTls = HexFormat.of().parseHex("300c02010178070a010004000400");
        try (ScriptedServer server = ScriptedServer.start(
                ScriptedServer.answer(accepted, wantsTls),
                ScriptedServer.answer(startTls, new byte[] {0x15, 3, 3, 0, 2, 2, 40}))) {
            ProbeResult result = collect("ldap.anonymous", server, Map.of("suffix", "dc=example,dc=org"));
            assertThat(TestNetwork.facts(result, "anonymous"))
                    .containsEntry("bind", "accepted")
                    .containsEntry("search", "none");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP/1.1 200 OK\\r\\n\\r\\n{"header":{"cluster_id":"1"},"count":"0"}|counted
            HTTP/1.1 400 Bad Request\\r\\n\\r\\n{"error":"etcdserver: user name is empty"}|unauthenticated
            HTTP/1.1 401 Unauthorized\\r\\n\\r\\n|unauthenticated
            HTTP/1.1 404 Not Found\\r\\n\\r\\n404 page not found|other""")
    void etcd(String answer, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer.replace("\\r\\n", "\r\n")))) {
            assertReply("etcd.anonymous", server, "range", reply);
            assertThat(server.received(0))
                    .startsWith("POST /v3/kv/range HTTP/1.1\r\n")
                    .contains("\"count_only\":true}");
        }
    }

    @Test
    void anHttpQuestionIsWordedByTheCheckAndReadNoFurtherThanItLooks() throws IOException {
        String answer =
                "HTTP/1.1 200 OK\r\nX-Thing: 1\r\nLocation: https://x/login?next=/\r\nContent-Length: 20\r\n\r\n"
                        + "{\"version\": \"secret\"}";
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
            ProbeResult result = collect(
                    "http.exchange",
                    server,
                    Map.of(
                            "path",
                            "/a?b=c",
                            "header",
                            "x-thing",
                            "marker",
                            "\"version\"",
                            "flag",
                            "absent",
                            "thenMethod",
                            "HEAD",
                            "thenPath",
                            "/second"));
            assertThat(TestNetwork.facts(result, "first"))
                    .containsEntry("status", 200L)
                    .containsEntry("header", true)
                    .containsEntry("marker", true)
                    .containsEntry("flag", false)
                    .containsEntry("location", "login");
            assertThat(TestNetwork.facts(result, "second")).containsEntry("status", 200L);
            assertThat(result.toString()).doesNotContain("secret");
            assertThat(server.received(0)).startsWith("GET /a?b=c HTTP/1.1\r\n").contains("Accept-Encoding: identity");
            assertThat(server.received(1)).startsWith("HEAD /second HTTP/1.1\r\n");
        }
    }

    @Test
    void onlyTheBeginningsOfSensitiveFilesAreFetchedAndComparedAndOnlyABooleanComesBack() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                ScriptedServer.answer("HTTP/1.1 206 Partial\r\nContent-Length: 23\r\n\r\nref: refs/heads/hushhh\n"),
                ScriptedServer.answer("HTTP/1.1 200 OK\r\n\r\nDB_PASSWORD=hush\n" + "x".repeat(50_000)),
                ScriptedServer.answer("HTTP/1.1 200 OK\r\n\r\n<!doctype html><title>One page for all</title>"),
                ScriptedServer.answer("HTTP/1.1 200 OK\r\n\r\nlocalhost\nServerVersion: Apache/2.4\n"))) {
            ProbeResult result = TestNetwork.collect("web.sensitive-paths", server.port());
            assertThat(TestNetwork.facts(result, "git"))
                    .containsEntry("found", true)
                    .containsEntry("status", 206L);
            assertThat(TestNetwork.facts(result, "env")).containsEntry("found", true);
            assertThat(TestNetwork.facts(result, "actuator")).containsEntry("found", false);
            assertThat(TestNetwork.facts(result, "serverStatus")).containsEntry("found", true);
            assertThat(result.toString()).doesNotContain("hush");
            assertThat((long) TestNetwork.facts(result, "env").get("bytesRead")).isLessThan(200);
            assertThat(server.received(1)).contains("GET /.env HTTP/1.1", "Range: bytes=0-63");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            301 Moved\\r\\nLocation: https://www.example.org/|https|0|false|false
            301 Moved\\r\\nLocation: http://169.254.169.254/latest|other|0|false|false
            200 OK\\r\\nStrict-Transport-Security: max-age=63072000; preload\\r\\nX-Content-Type-Options: NoSniff\\r\\nX-Frame-Options: DENY|none|63072000|true|true
            200 OK\\r\\nContent-Security-Policy: default-src 'self'; frame-ancestors 'none'|none|0|false|true""")
    void webHeaders(String head, String redirect, long hsts, boolean noSniff, boolean frames) throws IOException {
        String answer = "HTTP/1.1 " + head.replace("\\r\\n", "\r\n") + "\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer(answer))) {
            assertThat(TestNetwork.facts("web.headers", server, "head"))
                    .containsEntry("redirect", redirect)
                    .containsEntry("hstsSeconds", hsts)
                    .containsEntry("noSniff", noSniff)
                    .containsEntry("framesRestricted", frames);
            assertThat(server.connections())
                    .as("a redirect is recorded, never followed")
                    .isEqualTo(1);
        }
    }

    private static ScriptedServer bytes(String hex) {
        byte[] answer = HexFormat.of().parseHex(hex);
        return ScriptedServer.start(ScriptedServer.answer(answer));
    }

    private static void assertReply(String type, ScriptedServer server, String part, String reply) {
        assertThat(TestNetwork.facts(type, server, part)).containsEntry("reply", reply);
    }

    private static ProbeResult collect(String type, ScriptedServer server, Map<String, String> options) {
        return TestNetwork.probe(type).collect(TestNetwork.target(server.port(), options), TestNetwork.QUICK);
    }
}
