package dev.ronde.check.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers made of noise and of damaged real answers: a probe always comes back with facts, and never with a verdict it cannot hold. */
class ProbeFuzzTest {
    private static final int ROUNDS = "full".equals(System.getProperty("ronde.scale")) ? 1_000 : 10;
    private static final ProbeLimits SHORT = new ProbeLimits(5, Duration.ofSeconds(1), Duration.ofMillis(150), 4_096);

    private static final Map<String, byte[]> REAL = Map.of(
            "redis.anonymous", ascii("-NOAUTH Authentication required.\r\n"),
            "memcached.open-tcp", ascii("CLIENT_ERROR unauthenticated\r\n"),
            "mqtt.anonymous", hex("20020005"),
            "nats.anonymous", ascii("INFO {\"server_id\":\"X\",\"version\":\"2.10.27\",\"auth_required\":true}\r\n"),
            "postgres.auth-method", hex("4e450000001c53464154414c00433238303030004d6e6f20656e7472790000"),
            "elasticsearch.anonymous",
                    ascii(
                            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1e\r\n{\"tagline\":\"You Know, for Search\"}\r\n0\r\n\r\n"),
            "tls.endpoint",
                    hex("160303004a020000460303" + "00".repeat(32) + "20" + "00".repeat(32) + "c02f00"
                            + "15030300020228"));

    static List<String> types() {
        return Probes.TYPES;
    }

    @ParameterizedTest
    @MethodSource("types")
    void alwaysComesBackWithFacts(String type) throws IOException {
        Random random = new Random(20191228);
        Probe probe = TestNetwork.probe(type);
        ScriptedServer.Script noise = peer -> {
            if (!type.equals("nats.anonymous")) {
                peer.hear();
            }
            peer.say(answer(random, REAL.getOrDefault(type, new byte[0])));
            peer.socket().shutdownOutput();
        };
        try (ScriptedServer server = ScriptedServer.start(noise)) {
            for (int round = 0; round < ROUNDS; round++) {
                ProbeResult result = probe.collect(TestNetwork.target(server.port()), SHORT);
                assertThat(result).as("round " + round).isInstanceOf(ProbeResult.Collected.class);
                assertThat(result.exchanges()).isNotEmpty();
            }
        }
    }

    private static byte[] answer(Random random, byte[] real) {
        synchronized (random) {
            if (real.length == 0 || random.nextInt(4) == 0) {
                byte[] noise = new byte[random.nextInt(600) + 1];
                random.nextBytes(noise);
                return noise;
            }
            byte[] damaged = Arrays.copyOf(real, random.nextInt(real.length) + 1);
            for (int i = random.nextInt(4); i > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            return damaged;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
