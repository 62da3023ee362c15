package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Unchecked;
import dev.ronde.testing.services.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the specifications say servers answer, for the protocols that begin with the server, and for those over UDP. */
class GreetingTranscriptTest {
    /** A fatal alert, handshake_failure (RFC 8446, 6.2). */
    private static final String TLS_ALERT = "\u0015\u0003\u0003\0\u0002\u0002(";

    @ParameterizedTest
    @CsvSource({
        "ff, caching_sha2_password, greeting, true, caching_sha2_password",
        "f7, mysql_native_password, greeting, false, mysql_native_password",
        "ff, something_new, greeting, true, other"
    })
    void mysql(String capabilityHigh, String plugin, String reply, boolean tls, String shown) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(10);
        body.writeBytes("8.0.36\0".getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(HexFormat.of()
                .parseHex("01000000" + "61".repeat(8) + "00" + "ff" + capabilityHigh + "21" + "0200" + "ffc1" + "15"
                        + "00".repeat(10) + "61".repeat(12) + "00"));
        body.writeBytes((plugin + "\0").getBytes(StandardCharsets.US_ASCII));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {(byte) body.size(), 0, 0, 0});
        packet.writeBytes(body.toByteArray());
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(packet.toByteArray()))) {
            assertThat(TestNetwork.facts("mysql.greeting", server, "greeting"))
                    .containsEntry("reply", reply)
                    .containsEntry("tlsOffered", tls)
                    .containsEntry("plugin", shown)
                    .containsEntry("version", "8.0.36");
            assertThat(server.received(0)).as("nothing is sent").isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'@RSYNCD: 31.0 sha512 md5\n', '@RSYNCD: OK\n', open",
        "'@RSYNCD: 31.0\n', 'welcome to\nthe mirror\n@RSYNCD: AUTHREQD abc\n', auth-required",
        "'@RSYNCD: 31.0\n', '@ERROR: Unknown module \"x\"\n', unknown-module",
        "'@RSYNCD: 31.0\n', '@ERROR: access denied to x from y\n', denied",
        "'@RSYNCD: 31.0\n', '@ERROR: auth failed on module x\n', denied",
        "'@RSYNCD: 31.0\n', '@ERROR: max connections (4) reached -- try again later\n', undecided",
        "'@RSYNCD: 31.0\n', '@ERROR: chdir failed\n', undecided",
        "'220 ftp\n', '', other"
    })
    void rsync(String greeting, String answer, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(greeting, answer))) {
            assertThat(TestNetwork.facts("rsync.module", server, "module", Map.of("module", "backup")))
                    .containsEntry("reply", reply);
            assertThat(server.received(0)).doesNotContain("#list");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'RFB 003.008\n', 0101, none-offered",
        "'RFB 003.008\n', 020210, password",
        "'RFB 003.008\n', 0106, strong",
        "'RFB 003.008\n', 021e24, strong",
        "'RFB 003.008\n', 0112, undecided",
        "'RFB 003.008\n', 02061b, undecided",
        "'RFB 003.008\n', 00, refused",
        "'RFB 003.003\n', 00000000, refused",
        "'RFB 003.003\n', 00000001, none-offered",
        "'RFB 003.003\n', 00000002, password"
    })
    void vnc(String version, String types, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                ScriptedServer.greet(version, HexFormat.of().parseHex(types)))) {
            assertThat(TestNetwork.facts("vnc.security", server, "security")).containsEntry("reply", reply);
            assertThat(server.received(0)).as("no type is chosen").hasSize(12);
        }
    }

    /** VeNCrypt is a list in itself, with and without authentication; version 0.2. */
    @ParameterizedTest
    @CsvSource({
        "0113, 0002, 0001 00000102, strong",
        "0113, 0002, 0002 00000105 00000106, strong",
        "0113, 0002, 0001 00000101, none-offered",
        "0113, 0002, 0001 00000104, undecided",
        "0113, 0002, 0002 00000102 00000104, undecided",
        "0113, 0002, 0002 00000101 00000104, none-offered",
        "0113, 0002, 0001 00000100, password",
        "020213, 0002, 0001 00000102, password",
        "0113, 0002, 0001 00000109, undecided",
        "0113, 0002, 0000, undecided",
        "0113, 0002, 01, undecided",
        "0113, 0001, '', undecided"
    })
    void vencrypt(String types, String version, String subtypes, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(
                "RFB 003.008\n",
                HexFormat.of().parseHex(types),
                HexFormat.of().parseHex(version),
                HexFormat.of().parseHex(subtypes.replace(" ", ""))))) {
            assertThat(TestNetwork.facts("vnc.security", server, "security")).containsEntry("reply", reply);
            server.awaitConnections(1);
            assertThat(server.received(0)).as("no way in is chosen").hasSizeLessThanOrEqualTo(12 + 1 + 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"6a04, refused", "1004, undecided", "6904, undecided"})
    void mysqlThatGreetsWithAnError(String code, String reply) throws IOException {
        byte[] error = HexFormat.of().parseHex("05000000" + "ff" + code + "4e6f");
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(error))) {
            assertThat(TestNetwork.facts("mysql.greeting", server, "greeting")).containsEntry("reply", reply);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fffd18fffd20, telnet",
        "0d0a6d79686f7374206c6f67696e3a20, telnet",
        "5353482d322e302d780d0a, ssh",
        "3232302068656c6c6f0d0a, other"
    })
    void telnet(String hex, String reply) throws IOException {
        try (ScriptedServer server =
                ScriptedServer.start(ScriptedServer.greet(HexFormat.of().parseHex(hex)))) {
            assertThat(TestNetwork.facts("telnet.banner", server, "banner")).containsEntry("reply", reply);
            assertThat(server.received(0)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SSH-2.0-x, 'curve25519-sha256', ssh-ed25519, aes256-gcm, hmac-sha2-256, ssh2, false, 0, 0, 0, 0",
        "SSH-2.0-x, 'diffie-hellman-group1-sha1,curve25519-sha256', 'ssh-dss,rsa-sha2-512', 'aes128-cbc,3des-cbc', hmac-md5, ssh2, false, 1, 1, 2, 1",
        "SSH-1.99-x, 'curve25519-sha256', ssh-ed25519, aes256-gcm, hmac-sha2-256, ssh2, true, 0, 0, 0, 0",
        "SSH-1.5-x, a, a, a, a, ssh1, true, 0, 0, 0, 0"
    })
    void ssh(
            String banner,
            String kex,
            String keys,
            String ciphers,
            String macs,
            String reply,
            boolean one,
            long w1,
            long w2,
            long w3,
            long w4)
            throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(20);
        payload.writeBytes(new byte[16]);
        for (String list : new String[] {kex, keys, ciphers, ciphers, macs, macs, "none", "none", "", ""}) {
            payload.writeBytes(ByteBuffer.allocate(4).putInt(list.length()).array());
            payload.writeBytes(list.getBytes(StandardCharsets.US_ASCII));
        }
        payload.writeBytes(new byte[5 + 6]);
        ByteBuffer packet = ByteBuffer.allocate(5 + payload.size());
        packet.putInt(payload.size() + 1).put((byte) 6).put(payload.toByteArray());
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(banner + "\r\n", packet.array()))) {
            assertThat(TestNetwork.facts("ssh.algorithms", server, "ssh"))
                    .containsEntry("reply", reply)
                    .containsEntry("protocol1", one)
                    .containsEntry("weakKeyExchanges", w1)
                    .containsEntry("weakHostKeys", w2)
                    .containsEntry("weakCiphers", w3)
                    .containsEntry("weakMacs", w4);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            211-Features:,; AUTH TLS,;211 End|230 Welcome|-|open|true
            211-Features:,; PASV,;211 End|331 Anonymous login ok, send your e-mail|-|offered|false
            500 no|331 Please specify the password.|530 This server is anonymous only.|offered|false
            500 no|331 Please specify the password.|331 Please specify the password.|asks-everybody|false
            500 no|331 Password required for anonymous|331 Password required|asks-everybody|false
            500 no|530 Login incorrect.|-|refused|false
            211-Features:,; AUTH TLS,;211 End|530 Sorry, no ANONYMOUS access allowed.|-|refused|true
            211-Features:,; AUTH TLS,;211 End|550 Permission denied.|-|refused|true
            211-Features:,; AUTH TLS,;211 End|530 Sorry, the maximum number of allowed clients (30) are already connected.|-|undecided|true
            211-Features:,; AUTH TLS,;211 End|530 Too many anonymous users, try again later|-|undecided|true
            211-Features:,; AUTH TLS,;211 End|500 USER: command not understood|-|undecided|true
            211-Features:,; AUTH TLS,;211 End|503 Bad sequence of commands|-|undecided|true
            211-Features:,; AUTH TLS,;211 End|421 Service not available|-|undecided|true
            211-Features:,; AUTH TLS,;211 End|331 Password please|503 Bad sequence|undecided|true
            211-Features:,; AUTH TLS,;211 End|331 Password please|530 Too many users|undecided|true
            500 no|331 Please specify the password.|530 Non-anonymous sessions must use encryption.|undecided|false
            211-Features:,; AUTH TLS,;211 End|331 Password please|530 unknown user|offered|true""")
    void ftp(String features, String user, String nobody, String reply, boolean tls) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(
                "220-hello\r\n220 ready\r\n",
                features.replace(",;", "\r\n") + "\r\n",
                user + "\r\n",
                nobody + "\r\n"))) {
            assertThat(TestNetwork.facts("ftp.anonymous", server, "user"))
                    .containsEntry("reply", reply)
                    .containsEntry("tlsOffered", tls);
            assertThat(server.received(0)).doesNotContain("PASS", "LIST");
        }
    }

    /** Whoever offers TLS and then fails the handshake has not been heard; a plain answer beside it counts only where it is weak by itself. */
    @ParameterizedTest
    @CsvSource({"rejected, closed, none", "trust, response, trust"})
    void postgresWhoseTlsFails(String plain, String outcome, String method) throws IOException {
        String answer = plain.equals("trust") ? "R\0\0\0\u0008\0\0\0\0" : "E\0\0\0\u0014SFATAL\0C28000\0\0\0";
        try (ScriptedServer server =
                ScriptedServer.start(ScriptedServer.answer("S", TLS_ALERT), ScriptedServer.answer(answer))) {
            assertThat(TestNetwork.facts("postgres.auth-method", server, "auth"))
                    .containsEntry("outcome", outcome)
                    .containsEntry("method", method);
        }
    }

    /** What is written in a handshake waits until the server is listened to next, and what never left is not counted. */
    @ParameterizedTest
    @CsvSource({"postgres.auth-method, S", "redis.anonymous, ''"})
    void aFailedHandshakeCountsWhatLeft(String type, String beforeTls) throws Exception {
        ScriptedServer.Script clear = ScriptedServer.answer(TLS_ALERT);
        ScriptedServer.Script failing = peer -> {
            if (!beforeTls.isEmpty()) {
                peer.hear();
                peer.say(beforeTls);
            }
            peer.hear();
            peer.say("no record of TLS");
        };
        int at = beforeTls.isEmpty() ? 1 : 0;
        try (ScriptedServer server = at == 0 ? ScriptedServer.start(failing) : ScriptedServer.start(clear, failing)) {
            ProbeResult result = TestNetwork.collect(type, server.port());
            assertThat(server.received(at)).contains("\u0016\u0003").doesNotContain("\u0015\u0003\u0003\0\u0002");
            assertThat(result.exchanges().get(at).bytesOut())
                    .isEqualTo(server.received(at).length());
        }
    }

    /** What answers 234 offers TLS, whatever its list of features says; what wants it first is not judged by that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            331 Password please|220|234 Proceed|response|asks-everybody|true|true
            331 Password please|220|500 OOPS|response|asks-everybody|false|true
            530 Please use SSL/TLS first|220|500 OOPS|response|tls-first|false|true
            530 Not for you|421|-|response|undecided|false|false
            530 Not for you|530|-|response|undecided|false|false
            530 Please use SSL/TLS first|421|-|response|undecided|false|false
            230 Welcome|421|-|response|open|false|false
            530 Not for you|220|421 Too many connections|response|refused|false|false
            530 Not for you|220|431 Need some unavailable resource|response|refused|false|false
            530 Please use SSL/TLS first|220|421 Too many connections|response|tls-first|false|false
            530 Please use SSL/TLS first|220|234 Proceed|closed|none|false|false""")
    void ftpAskedForTls(
            String user, String greeting, String auth, String outcome, String reply, boolean tls, boolean asked)
            throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                ScriptedServer.greet("220 ready\r\n", "211-Features:\r\n211 End\r\n", user + "\r\n", user + "\r\n"),
                peer -> {
                    peer.say(greeting + " ready\r\n");
                    if (greeting.equals("220")) {
                        peer.hear();
                        peer.say(auth + "\r\n");
                        peer.hear();
                        peer.say(TLS_ALERT);
                    }
                })) {
            assertThat(TestNetwork.facts("ftp.anonymous", server, "user"))
                    .containsEntry("reply", reply)
                    .containsEntry("tlsOffered", tls)
                    .containsEntry("tlsAsked", asked)
                    .as("no answer behind AUTH TLS is no answer")
                    .containsEntry("outcome", outcome);
            assertThat(server.received(1)).startsWith(greeting.equals("220") ? "AUTH TLS\r\n" : "");
        }
    }

    /** Whoever lists AUTH TLS and then has no room has not taken it back; only a refusal for good does. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            421 Too many connections|tls-first|true
            431 Need some unavailable resource|tls-first|true
            502 Not implemented|tls-first|false""")
    void ftpThatListsTlsAndTurnsTheSecondConnectionAway(String auth, String reply, boolean tls) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(
                ScriptedServer.greet(
                        "220 ready\r\n",
                        "211-Features:\r\n AUTH TLS\r\n211 End\r\n",
                        "530 Please use SSL/TLS first\r\n"),
                ScriptedServer.greet("220 ready\r\n", auth + "\r\n"))) {
            assertThat(TestNetwork.facts("ftp.anonymous", server, "user"))
                    .containsEntry("outcome", "response")
                    .containsEntry("reply", reply)
                    .containsEntry("tlsOffered", tls)
                    .containsEntry("tlsAsked", true);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            250-STARTTLS|250 2.1.0 Ok|250 2.1.5 Ok|relays|true
            250-SIZE 1|250 2.1.0 Ok|554 5.7.1 Relay access denied|refused|false
            250-SIZE 1|250 2.1.0 Ok|454 4.7.1 <relay-check@example.com>: Relay access denied|refused|false
            250-SIZE 1|250 2.1.0 Ok|454 4.7.0 Relay not available now|undecided|false
            250-SIZE 1|250 2.1.0 Ok|454 4.7.1 <relay-check@example.com>: Recipient address rejected: Try again|undecided|false
            250-SIZE 1|250 2.1.0 Ok|450 4.7.1 Relay access denied for now|undecided|false
            250-SIZE 1|250 2.1.0 Ok|451 4.7.1 Greylisted, relay later|undecided|false
            250-SIZE 1|250 2.1.0 Ok|450 4.2.0 Greylisted|undecided|false
            250-SIZE 1|250 2.1.0 Ok|556 5.1.10 Domain example.com does not accept mail (nullMX)|undecided|false
            250-SIZE 1|250 2.1.0 Ok|550 5.1.10 Recipient address has null MX|undecided|false
            250-SIZE 1|250 2.1.0 Ok|550 5.1.2 Host unknown|undecided|false
            250-SIZE 1|250 2.1.0 Ok|501 5.1.3 Bad recipient address syntax|undecided|false
            250-SIZE 1|250 2.1.0 Ok|501 malformed address|undecided|false
            250-SIZE 1|250 OK|550 an MX or SRV record indicated no SMTP service|undecided|false
            250-SIZE 1|250 OK|550 Unrouteable address|undecided|false
            250-SIZE 1|250 OK|550 Domain of recipient address x does not exist|undecided|false
            250-SIZE 1|250 OK|553 sorry, that domain isn't in my list of allowed rcpthosts|refused|false
            250-SIZE 1|250 OK|550 relay not permitted|refused|false
            250-SIZE 1|250 OK|550 5.5.1 Not now|undecided|false
            250-SIZE 1|250 OK|550 User unknown|undecided|false
            250-SIZE 1|250 OK|554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using zen.spamhaus.org|undecided|false
            250-SIZE 1|250 OK|554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using relays.example.net|undecided|false
            250-SIZE 1|250 OK|550 5.7.1 <relay-check@example.com>: Recipient rejected: your address has no PTR record|undecided|false
            250-SIZE 1|250 OK|550 5.7.1 <ronde.invalid>: Helo command rejected: Host not found|undecided|false
            250-SIZE 1|250 OK|550 5.7.25 Client host rejected: cannot find your hostname|undecided|false
            250-SIZE 1|250 OK|550 5.7.1 <>: Sender address rejected: Access denied|undecided|false
            250-SIZE 1|250 OK|550 5.7.26 Unauthenticated mail is not accepted by the DMARC policy|undecided|false
            250-SIZE 1|250 OK|550 Access denied - Invalid HELO name|undecided|false
            250-SIZE 1|250 OK|550 Your IP is listed at bl.spamcop.net|undecided|false
            250-SIZE 1|250 OK|550 You are an open relay on our blacklist|undecided|false
            250-SIZE 1|250 OK|550 Bounces not accepted here|undecided|false
            250-SIZE 1|250 OK|550 5.1.2 relay-check@example.com: Host unknown (mx.example [10.5.7.2])|undecided|false
            250-SIZE 1|250 OK|550 5.4.4 Unable to route|undecided|false
            250-SIZE 1|250 OK|550 5.7.1 Sender is not allowed to relay.|refused|false
            250-SIZE 1|250 OK|553 sorry, not in my rcpthosts (#5.7.1)|refused|false
            250-SIZE 1|250 OK|553 sorry, no such thing (#5.1.2)|undecided|false
            250-SIZE 1|250 OK|571 Relaying denied|refused|false
            250-SIZE 1|250 OK|503 This server requires authentication when attempting to send to a non-local address|refused|false
            250-SIZE 1|250 OK|552 Too much mail data|undecided|false
            250-SIZE 1|250 OK|503 AUTH first|undecided|false
            250-SIZE 1|250 OK|503 5.7.1 AUTH first|refused|false
            250-SIZE 1|250 OK|530 Authentication required|refused|false
            250-SIZE 1|250 OK|550 no|undecided|false
            250-SIZE 1|250 OK|550 Requested action not taken: mailbox unavailable|undecided|false
            250-SIZE 1|250 OK|550 Access denied|undecided|false
            250-SIZE 1|250 OK|553 Requested action not taken: mailbox name not allowed|undecided|false
            250-SIZE 1|250 OK|554 Transaction failed|undecided|false
            250-SIZE 1|250 OK|554 5.7.0 Message rejected|undecided|false
            250-SIZE 1|250 OK|550 5.7.13 Not now|undecided|false
            250-SIZE 1|250 OK|551 Please try <relay-check@mx.example.com>|refused|false
            250-SIZE 1|250 OK|550 5.7.1 <relay-check@example.com>|refused|false
            250-SIZE 1|250 OK|550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain|refused|false
            250-SIZE 1|250 OK|550 I cannot deliver mail for <relay-check@example.com>|refused|false
            250-SIZE 1|250 OK|513 Relaying denied|refused|false
            250-SIZE 1|530 5.7.0 Authentication required|-|refused|false
            250-SIZE 1|530 no|-|undecided|false
            250-STARTTLS|530 5.7.0 Must issue STARTTLS|-|undecided|true
            250-SIZE 1|451 later|-|undecided|false
            250-starttls.example.org|250 OK|550 no|undecided|false
            250-SIZE 1|250 OK|550 5.7.515 Access denied, sending domain example.org doesn't meet the required authentication level|undecided|false""")
    void smtp(String capability, String sender, String recipient, String reply, boolean tls) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.greet(
                "220 mail.example.org ESMTP\r\n",
                "250-mail.example.org\r\n" + capability + "\r\n250 8BITMIME\r\n",
                sender + "\r\n",
                recipient + "\r\n"))) {
            assertThat(TestNetwork.facts("smtp.relay", server, "relay"))
                    .containsEntry("reply", reply)
                    .containsEntry("startTls", tls);
            server.awaitConnections(1);
            assertThat(server.received(0)).contains("MAIL FROM:<>").doesNotContain("DATA");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tls.example.org|550 5.7.1 <relay-check@tls.example.org>: Access denied|refused
            ssl-mail.example.org|550 5.7.1 Not for ssl-mail.example.org|refused
            spam.example.org|550 5.7.1 <relay-check@spam.example.org>: Access denied|refused
            authenticate.example.org|550 <relay-check@authenticate.example.org>: no|undecided""")
    void aNameThatTheServerRepeatsIsNoWordOfItsOwn(String domain, String recipient, String reply) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            for (String line : List.of("220 x", "250 x", "250 x", recipient)) {
                peer.say(line + "\r\n");
                peer.hear();
            }
        })) {
            assertThat(TestNetwork.facts("smtp.relay", server, "relay", Map.of("domain", domain)))
                    .containsEntry("reply", reply);
            server.awaitConnections(1);
        }
    }

    @Test
    void whoOffersStarttlsAndThenWithholdsItHasOfferedIt() throws IOException {
        List<String> lines = List.of("220 x", "250-x\r\n250 STARTTLS", "530 Must issue STARTTLS", "454 not now");
        try (ScriptedServer server = ScriptedServer.start(
                peer -> {
                    for (String line : lines.subList(0, 3)) {
                        peer.say(line + "\r\n");
                        peer.hear();
                    }
                },
                peer -> {
                    for (String line : List.of(lines.get(0), lines.get(1), lines.get(3))) {
                        peer.say(line + "\r\n");
                        peer.hear();
                    }
                })) {
            assertThat(TestNetwork.facts("smtp.relay", server, "relay"))
                    .containsEntry("reply", "undecided")
                    .containsEntry("startTls", true);
        }
    }

    @Test
    void smtpAsksForTheDomainThatIsNamed() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            for (String line : "220 x|250 x|250 x|550 5.7.1 Relaying denied".split("\\|")) {
                peer.say(line + "\r\n");
                peer.hear();
            }
        })) {
            assertThat(TestNetwork.facts("smtp.relay", server, "relay", Map.of("domain", "elsewhere.example.org")))
                    .containsEntry("reply", "refused");
            assertThat(server.received(0)).contains("RCPT TO:<relay-check@elsewhere.example.org>");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // version 2c, community public, GetResponse
        "snmp.community, get, 302902010104067075626c6963a21c02010102010002010030113 00f06082b060102010102000603 2b0601, answered",
        "snmp.community, get, 4854545000000000000000, other",
        "snmp.community, get, 302902010104847fffffff7075626c6963a21c02, other",
        "memcached.open-udp, version, 0001000000010000 56455253494f4e20312e362e33380d0a, version",
        "memcached.open-udp, version, 0001000000010000 4552524f520d0a, answered",
        "memcached.open-udp, version, 4854545000000000000000, other",
        "dns.resolver, query, 524f8180000100010000 0000, recursive",
        "dns.resolver, query, 524f8182000100000000 0000, recursive",
        "dns.resolver, query, 524f8105000100000000 0000, refused",
        "dns.resolver, query, 524f8100000100000000 0000, no-recursion",
        "dns.resolver, query, 524f8103000100000000 0000, no-recursion",
        "dns.resolver, query, 524f8500000100000000 0000, no-recursion",
        "dns.resolver, query, 524f8503000100000000 0000, no-recursion",
        "dns.resolver, query, 524f8500000100010000 0000, undecided",
        "dns.resolver, query, 524f8100000100010000 0000, undecided",
        "dns.resolver, query, 524f8300000100000000 0000, undecided",
        "dns.resolver, query, 524f8101000100000000 0000, undecided",
        "dns.resolver, query, 524f8102000100000000 0000, undecided",
        "dns.resolver, query, 524f8104000100000000 0000, undecided",
        "dns.resolver, query, 524f8109000100000000 0000, undecided",
        "dns.resolver, query, 524f8102000100010000 0000, undecided",
        "dns.resolver, query, 00008180000100010000 0000, other"
    })
    void overUdp(String type, String part, String hex, String reply) throws Exception {
        byte[] answer = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            Thread responder = new Thread(() -> respond(server, answer));
            responder.start();
            ProbeResult result = TestNetwork.collect(type, server.getLocalPort());
            assertThat(TestNetwork.facts(result, part))
                    .containsEntry("outcome", "response")
                    .containsEntry("reply", reply);
            responder.join(2_000);
        }
    }

    private static void respond(DatagramSocket server, byte[] answer) {
        Unchecked.run(() -> {
            DatagramPacket question = new DatagramPacket(new byte[1_500], 1_500);
            server.receive(question);
            server.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
        });
    }
}
