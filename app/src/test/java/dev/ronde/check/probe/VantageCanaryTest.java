package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.testing.services.BlackHole;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VantageCanaryTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Resolver none = name -> {
        throw new UnknownHostException(name);
    };

    @Test
    void anyAnswerProvesTheVantageARefusalIncluded() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            assertThat(canary("127.0.0.1:" + server.port()).isOk()).isTrue();
        }
        assertThat(canary("127.0.0.1:" + TestNetwork.closedPort()).isOk()).isTrue();
    }

    @Test
    void noCanaryNoNameNoProof() {
        assertThat(new VantageCanary(null, none, nanos::get).isOk()).isFalse();
        assertThat(canary("nowhere.invalid:443").isOk()).isFalse();
    }

    @Test
    void isAskedAtMostOnceAMinute() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.silence())) {
            VantageCanary canary = canary("127.0.0.1:" + server.port());
            for (int second = 0; second < 120; second++) {
                nanos.set(Duration.ofSeconds(second).toNanos());
                assertThat(canary.isOk()).isTrue();
            }
            server.awaitConnections(2);
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void onlySilenceNeedsIt() throws IOException {
        ProbePolicy policy = TestNetwork.policy("127.0.0.1", none);
        ProbeLimits limits = new ProbeLimits(5, Duration.ofMillis(100), Duration.ofMillis(300), 4_096);
        HostPort answering = HostPort.parse("127.0.0.1:" + TestNetwork.closedPort());
        try (BlackHole hole = BlackHole.open()) {
            for (String type : Probes.TYPES) {
                ProbeResult.Collected offline = (ProbeResult.Collected)
                        TestNetwork.probe(type, policy, null).collect(TestNetwork.target(hole.port()), limits);
                assertThat(offline.exchanges())
                        .singleElement()
                        .satisfies(exchange -> assertThat(exchange.outcome()).isEqualTo("timeout"));
                assertThat(offline.vantage()).isEqualTo(new Vantage("internal", false, "unproven"));
                ProbeResult.Collected online = (ProbeResult.Collected)
                        TestNetwork.probe(type, policy, answering).collect(TestNetwork.target(hole.port()), limits);
                assertThat(online.vantage()).isEqualTo(new Vantage("internal", true, "canary"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:", ":80", "host:0", "host:65536", "0x7f000001:80", "1.2.3:80"})
    void saysWhatACanaryLooksLike(String text) {
        assertThatThrownBy(() -> HostPort.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected host:port");
    }

    private VantageCanary canary(String text) {
        return new VantageCanary(HostPort.parse(text), none, nanos::get);
    }
}
