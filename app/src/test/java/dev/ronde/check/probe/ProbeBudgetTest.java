package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a target does, every probe comes back within its limits with a word for it. */
@Tag("long")
class ProbeBudgetTest {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    /** For servers that use all the time there is. */
    private static final ProbeLimits SHORT = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofMillis(120), 4_096);

    /** Ask over UDP, where there is no connection to be silent, closed or reset on. */
    private static final Set<String> UDP = Set.of("memcached.open-udp", "snmp.community", "dns.resolver");

    /** Wait for the server's first words. */
    private static final Set<String> LISTENERS = Set.of("""
            nats.anonymous mysql.greeting vnc.security ssh.algorithms telnet.banner rsync.module ftp.anonymous
            smtp.relay""".split("\\s+"));

    /** Need a second exchange whatever the first one brings. */
    private static final Set<String> TWO_EXCHANGES = Set.of("elasticsearch.anonymous", "tls.endpoint", "smb.negotiate");

    /** The first handshake of a process takes longer than the limits of these tests: its classes are loaded. */
    @BeforeAll
    static void shakeHandsOnce() throws IOException {
        ProbeLimits patient = new ProbeLimits(5, Duration.ofSeconds(3), Duration.ofSeconds(15), 4_096);
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.Peer::hear)) {
            TestNetwork.probe("redis.anonymous").collect(TestNetwork.target(server.port()), patient);
        }
    }

    static Stream<String> types() {
        return Probes.TYPES.stream();
    }

    /** Those that wait for an answer over TCP; {@code PortSweepTest} has the one that only connects. */
    static Stream<String> tcpTypes() {
        return types().filter(type -> !UDP.contains(type) && !type.equals("tcp.connect"));
    }

    static Stream<String> udpTypes() {
        return UDP.stream();
    }

    @ParameterizedTest
    @MethodSource("types")
    void nothingListens(String type) {
        ProbeResult.Collected result = TestNetwork.collect(type, TestNetwork.closedPort());
        assertThat(result.exchanges())
                .singleElement()
                .satisfies(exchange -> assertThat(exchange.outcome()).isEqualTo("refused"));
        assertThat(result.vantage()).isEqualTo(new Vantage("internal", true, "answer"));
        assertThat(result.facts().get("vantage")).isEqualTo(Map.of("zone", "internal", "canaryOk", true));
    }

    @ParameterizedTest
    @MethodSource("tcpTypes")
    void aSilentServerCostsNoMoreThanTheTotal(String type) throws IOException {
        assertThat(outcomes(type, ScriptedServer.silence(), SHORT)).first().isEqualTo("silent");
    }

    @ParameterizedTest
    @MethodSource("tcpTypes")
    void aDrippingServerCostsNoMoreThanTheTotal(String type) throws IOException {
        Script drip = peer -> {
            byte[] one = {0x16};
            while (true) {
                peer.say(one);
                Thread.sleep(40);
            }
        };
        assertThat(outcomes(type, drip, SHORT)).isNotEmpty();
    }

    /** The bytes of all reads of all exchanges count, however small the pieces and whatever the check allows itself. */
    @ParameterizedTest
    @MethodSource("tcpTypes")
    void piecesAddUpAndNoCheckMayReadMoreThanThePolicyAllows(String type) throws IOException {
        Script pieces = peer -> {
            peer.socket().setTcpNoDelay(true);
            while (true) {
                peer.say("2".repeat(7));
            }
        };
        ProbeLimits greedy = new ProbeLimits(100, Duration.ofHours(1), Duration.ofMillis(150), 100_000_000);
        try (ScriptedServer server = ScriptedServer.start(pieces)) {
            ProbeResult result = timed(type, server, greedy);
            assertThat(result.exchanges()).hasSizeBetween(1, ProbeLimits.POLICY.requests());
            assertThat(result.exchanges().stream().mapToInt(Exchange::bytesRead).sum())
                    .isLessThanOrEqualTo(ProbeLimits.POLICY.maxBytes());
        }
        ProbeLimits modest = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofMillis(150), 100);
        try (ScriptedServer server = ScriptedServer.start(pieces)) {
            assertThat(timed(type, server, modest).exchanges().stream()
                            .mapToInt(Exchange::bytesRead)
                            .sum())
                    .isLessThanOrEqualTo(modest.maxBytes());
        }
    }

    /** What TLS adds does not count as read, but not without end: a record for each byte makes twenty times as many. */
    @Test
    void recordsOfOneByteDoNotStretchTheBudget() throws IOException {
        ProbeLimits limits = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofSeconds(4), 20_000);
        try (ServerSocket server =
                new DummySSLServerSocketFactory().createServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> dripRecords(server), "tls-drip");
            thread.setDaemon(true);
            thread.start();
            ProbeResult result =
                    TestNetwork.probe("web.headers").collect(TestNetwork.target(server.getLocalPort()), limits);
            int read = result.exchanges().stream().mapToInt(Exchange::bytesRead).sum();
            assertThat(read).isBetween(60_000, limits.maxBytes() + 65_536 + 16_384);
            assertThat(TestNetwork.facts(result, "head")).containsEntry("status", 0L);
        }
    }

    private static void dripRecords(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                OutputStream out = socket.getOutputStream();
                out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write('x');
                    out.flush();
                }
            } catch (IOException e) {
                // the probe went away, or spoke in the clear
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tcpTypes")
    void aCloseAndAResetAreFacts(String type) throws IOException {
        for (String end : List.of("closed", "reset")) {
            Script script = peer -> {
                if (!LISTENERS.contains(type)) {
                    peer.hear();
                }
                if (end.equals("reset")) {
                    peer.reset();
                }
            };
            assertThat(outcomes(type, script, TestNetwork.QUICK)).isNotEmpty().allMatch(end::equals);
        }
    }

    @ParameterizedTest
    @MethodSource("tcpTypes")
    void limitsBelowWhatAProbeNeedsAreAnErrorNotAVerdict(String type) throws IOException {
        ProbeLimits one = new ProbeLimits(1, Duration.ofSeconds(1), Duration.ofMillis(600), 4_096);
        try (ScriptedServer server =
                ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"))) {
            ProbeResult result = timed(type, server, one);
            assertThat(server.connections()).isLessThanOrEqualTo(1);
            if (TWO_EXCHANGES.contains(type)) {
                assertThat(((ProbeResult.Failed) result).reason()).isEqualTo(ProbeFailure.BUDGET);
            } else {
                assertThat(result).isInstanceOf(ProbeResult.Collected.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tcpTypes")
    void aPortThatOnlySpeaksTlsIsNeverTakenForAnOpenService(String type) throws IOException {
        byte[] alert = {0x15, 3, 3, 0, 2, 2, 70};
        Script tlsOnly = ScriptedServer.answer(alert);
        if (!type.equals("tls.endpoint") && !type.equals("postgres.auth-method")) { // they speak TLS by themselves
            assertThat(outcomes(type, tlsOnly, TestNetwork.QUICK))
                    .isNotEmpty()
                    .allMatch(outcome ->
                            LISTENERS.contains(type) ? outcome.equals("silent") : outcome.equals("tls-alert"));
        }
    }

    @ParameterizedTest
    @MethodSource("udpTypes")
    void silenceOverUdpProvesNothing(String type) throws IOException {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            ProbeLimits limits = new ProbeLimits(1, Duration.ofMillis(300), Duration.ofMillis(600), 4_096);
            ProbeResult.Collected result = (ProbeResult.Collected)
                    TestNetwork.probe(type).collect(TestNetwork.target(silent.getLocalPort()), limits);
            assertThat(result.exchanges()).extracting(Exchange::outcome).containsExactly("timeout");
            assertThat(result.vantage().canaryOk()).isFalse();
        }
    }

    @Test
    void silenceNeedsTheCanary() throws IOException {
        ProbePolicy policy = TestNetwork.policy("127.0.0.1", name -> List.of());
        Duration unreachable = Duration.ofMillis(50);
        ProbeLimits limits = new ProbeLimits(1, unreachable, unreachable, 100);
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            ProbeTarget target = TestNetwork.target(server.port());
            ProbeResult taken =
                    TestNetwork.probe("redis.anonymous", policy, null).collect(target, limits);
            assertThat(((ProbeResult.Collected) taken).vantage()).isEqualTo(new Vantage("internal", true, "answer"));
        }
    }

    @Test
    void anInterruptStopsAProbe() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            Probe probe = TestNetwork.probe("redis.anonymous");
            ProbeLimits patient = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofSeconds(15), 4_096);
            ProbeResult[] result = new ProbeResult[1];
            Thread thread = new Thread(() -> result[0] = probe.collect(TestNetwork.target(server.port()), patient));
            thread.start();
            thread.interrupt();
            thread.join(5_000);
            assertThat(((ProbeResult.Failed) result[0]).reason()).isEqualTo(ProbeFailure.TIMEOUT);
        }
    }

    private static List<String> outcomes(String type, Script script, ProbeLimits limits) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            return timed(type, server, limits).exchanges().stream()
                    .map(Exchange::outcome)
                    .toList();
        }
    }

    private static ProbeResult timed(String type, ScriptedServer server, ProbeLimits limits) {
        long start = System.nanoTime();
        ProbeResult result = TestNetwork.probe(type).collect(TestNetwork.target(server.port()), limits);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE);
        return result;
    }
}
