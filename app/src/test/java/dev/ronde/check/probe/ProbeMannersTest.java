package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.Unchecked;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What probes say to servers that lure them: nothing but who they are and one small read, and nothing of the answer is repeated. */
final class ProbeMannersTest {
    private static final String HUSH = "hush4711";
    private static final ProbeLimits LIMITS = new ProbeLimits(5, Duration.ofMillis(150), Duration.ofMillis(150), 4_096);
    private static final Pattern CREDENTIALS_OR_WRITES = Pattern.compile(
            "(?im)^(pass|auth|login|acct|data|stor|retr|list|dele|del|set|flushall|config|keys|put|delete|patch)\\b"
                    + "|^(proxy-)?authorization:|^cookie:");
    private static final Pattern HTTP = Pattern.compile("(?m)^[A-Z]+ [^\r\n]* HTTP/1\\.1\r$");
    private static final Pattern READ = Pattern.compile("(?s)(GET|HEAD) /.*|POST /v3/kv/range HTTP/1\\.1\r\n.*");

    static Stream<String> tcpTypes() {
        return ProbeBudgetTest.tcpTypes();
    }

    static Stream<String> udpTypes() {
        return ProbeBudgetTest.udpTypes();
    }

    /** Answers every request with the text, after having said it unasked where the server speaks first. */
    private static Script says(String text, boolean first) {
        return peer -> {
            if (first) {
                peer.say(text);
            }
            for (int turn = 0; turn < 8; turn++) {
                peer.hear();
                peer.say(text);
            }
        };
    }

    private static List<Script> lures() {
        String http = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"" + HUSH + "\"\r\nSet-Cookie: a="
                + HUSH + "\r\nContent-Length: 8\r\n\r\n" + HUSH;
        return List.of(
                says(http, false),
                says("220 " + HUSH + " ready\r\n", true),
                says("331 " + HUSH + ": send your e-mail as password, anonymous guest\r\n", true),
                says("-NOAUTH " + HUSH + " authentication required, send AUTH\r\n", false),
                says("+OK " + HUSH + "\r\n", false));
    }

    @ParameterizedTest
    @MethodSource("tcpTypes")
    void noProbeOffersCredentialsWritesOrRepeatsWhatItHeard(String type) throws IOException {
        for (Script lure : lures()) {
            try (ScriptedServer server = ScriptedServer.start(lure)) {
                ProbeResult result = TestNetwork.probe(type).collect(TestNetwork.target(server.port()), LIMITS);
                assertThat(result.exchanges()).isNotEmpty();
                assertThat(result.toString()).doesNotContain(HUSH);
                for (int i = 0; i < server.connections(); i++) {
                    String said = server.received(i);
                    assertThat(said)
                            .doesNotContainPattern(CREDENTIALS_OR_WRITES)
                            .doesNotContain(HUSH);
                    if (HTTP.matcher(said).find()) {
                        assertThat(said).matches(READ).contains("\r\nUser-Agent: Ronde/1 (+http://localhost)\r\n");
                    }
                }
            }
        }
    }

    @Test
    void thoseThatCanSayTheirNameElsewhereToo() throws IOException {
        assertThat(said("mqtt.anonymous")).contains("MQTT").endsWith("\0\5ronde");
        assertThat(said("postgres.auth-method")).contains("application_name\0Ronde\0");
    }

    private static String said(String type) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(says("N", false))) {
            TestNetwork.probe(type).collect(TestNetwork.target(server.port()), LIMITS);
            StringBuilder said = new StringBuilder();
            for (int i = 0; i < server.connections(); i++) {
                said.append(server.received(i));
            }
            return said.toString();
        }
    }

    /** A spoofed or amplified answer needs a question that is worth it: two small packets are all there ever are. */
    @ParameterizedTest
    @MethodSource("udpTypes")
    void overUdpThereAreTwoSmallPacketsAtMost(String type) throws Exception {
        ProbeLimits patient = new ProbeLimits(5, Duration.ofMillis(2_600), Duration.ofMillis(2_700), 4_096);
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            TestNetwork.probe(type).collect(TestNetwork.target(silent.getLocalPort()), patient);
            List<Integer> sizes = new ArrayList<>();
            silent.setSoTimeout(50);
            DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
            try {
                while (true) {
                    silent.receive(packet);
                    sizes.add(packet.getLength());
                }
            } catch (SocketTimeoutException e) {
                assertThat(sizes).hasSize(2).allSatisfy(size -> assertThat(size).isLessThan(64));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("udpTypes")
    void nothingOfADatagramIsRepeated(String type) throws Exception {
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> answering = Elsewhere.run(() -> answer(server));
            ProbeLimits limits = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofSeconds(1), 4_096);
            ProbeResult result = TestNetwork.probe(type).collect(TestNetwork.target(server.getLocalPort()), limits);
            answering.join();
            assertThat(result.exchanges().get(0).outcome()).isEqualTo("response");
            assertThat(result.exchanges().get(0).bytesRead()).isLessThanOrEqualTo(Datagram.LARGEST);
            assertThat(result.toString()).doesNotContain(HUSH);
        }
    }

    private static void answer(DatagramSocket server) {
        Unchecked.run(() -> {
            DatagramPacket question = new DatagramPacket(new byte[2_000], 2_000);
            server.receive(question);
            byte[] echo = new byte[8_000];
            byte[] hush = HUSH.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(hush, 0, echo, 0, echo.length);
            System.arraycopy(question.getData(), 0, echo, 0, question.getLength());
            server.send(new DatagramPacket(echo, echo.length, question.getSocketAddress()));
        });
    }
}
