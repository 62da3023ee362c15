package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import dev.ronde.testing.services.ScriptedServer.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a target does, every probe comes back within its limits with a word for it. */
class ProbeBudgetTest {
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    static Stream<String> types() {
        return Probes.TYPES.stream();
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
    @MethodSource("types")
    void aSilentServerCostsNoMoreThanTheTotal(String type) throws IOException {
        assertThat(outcomes(type, ScriptedServer.silence())).first().isEqualTo("silent");
    }

    @ParameterizedTest
    @MethodSource("types")
    void aDrippingServerCostsNoMoreThanTheTotal(String type) throws IOException {
        Script drip = peer -> {
            byte[] one = {0x16};
            while (true) {
                peer.say(one);
                Thread.sleep(40);
            }
        };
        assertThat(outcomes(type, drip)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("types")
    void anEndlessServerIsCutOff(String type) throws IOException {
        Script flood = peer -> {
            byte[] much = new byte[65_536];
            while (true) {
                peer.say(much);
            }
        };
        try (ScriptedServer server = ScriptedServer.start(flood)) {
            ProbeResult result = timed(type, server, TestNetwork.QUICK);
            assertThat(result.exchanges())
                    .isNotEmpty()
                    .allSatisfy(exchange ->
                            assertThat(exchange.bytesRead()).isLessThanOrEqualTo(TestNetwork.QUICK.maxBytes()));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aResetIsAFact(String type) throws IOException {
        assertThat(outcomes(type, peer -> {
                    if (!type.equals(NatsProbe.TYPE)) {
                        peer.hear();
                    }
                    peer.reset();
                }))
                .isNotEmpty()
                .allMatch("reset"::equals);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aCloseIsAFact(String type) throws IOException {
        assertThat(outcomes(type, peer -> {
                    if (!type.equals(NatsProbe.TYPE)) {
                        peer.hear();
                    }
                }))
                .isNotEmpty()
                .allMatch("closed"::equals);
    }

    @ParameterizedTest
    @MethodSource("types")
    void somethingElseThatSpeaksFirstIsNeverTakenForTheService(String type) throws IOException {
        Script ssh = peer -> peer.say("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n");
        try (ScriptedServer server = ScriptedServer.start(ssh)) {
            ProbeResult.Collected result = (ProbeResult.Collected) timed(type, server, TestNetwork.QUICK);
            assertThat(result.facts().toString())
                    .doesNotContain("pong", "accepted", "trust", "SSH", "status=200", "reply=info", "reply=version");
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void limitsBelowWhatAProbeNeedsAreAnErrorNotAVerdict(String type) throws IOException {
        ProbeLimits one = new ProbeLimits(1, Duration.ofSeconds(1), Duration.ofMillis(600), 4_096);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            peer.hear();
            peer.say("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        })) {
            ProbeResult result = timed(type, server, one);
            assertThat(server.connections()).isLessThanOrEqualTo(1);
            if (type.equals(ElasticsearchProbe.TYPE) || type.equals(TlsProbe.TYPE)) {
                assertThat(((ProbeResult.Failed) result).reason()).isEqualTo(ProbeFailure.BUDGET);
            } else {
                assertThat(result).isInstanceOf(ProbeResult.Collected.class);
            }
        }
    }

    @Test
    void silenceNeedsTheCanary() throws IOException {
        ProbePolicy policy = TestNetwork.policy("127.0.0.1", name -> List.of());
        Duration unreachable = Duration.ofMillis(50);
        ProbeLimits limits = new ProbeLimits(1, unreachable, unreachable, 100);
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            ProbeTarget target = TestNetwork.target(server.port());
            ProbeResult taken = TestNetwork.probe(RedisProbe.TYPE, policy, null).collect(target, limits);
            assertThat(((ProbeResult.Collected) taken).vantage()).isEqualTo(new Vantage("internal", true, "answer"));
        }
    }

    @Test
    void anInterruptStopsAProbe() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            Probe probe = TestNetwork.probe(RedisProbe.TYPE);
            ProbeLimits patient = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofSeconds(15), 4_096);
            ProbeResult[] result = new ProbeResult[1];
            Thread thread = new Thread(() -> result[0] = probe.collect(TestNetwork.target(server.port()), patient));
            thread.start();
            thread.interrupt();
            thread.join(5_000);
            assertThat(((ProbeResult.Failed) result[0]).reason()).isEqualTo(ProbeFailure.TIMEOUT);
        }
    }

    private static List<String> outcomes(String type, Script script) throws IOException {
        try (ScriptedServer server = ScriptedServer.start(script)) {
            return timed(type, server, TestNetwork.QUICK).exchanges().stream()
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
