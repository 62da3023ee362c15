package dev.ronde.check.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.BlackHole;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Real probes wait in real sockets when the whole is stopped, or a maintenance window begins: each lets go within a second. */
final class StoppedSocketsAppTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private static final Map<String, Map.Entry<String, String>> ASSETS = Map.of(
            "reads", Map.entry("service.redis", "redis-anonymous-access"),
            "shakes", Map.entry("endpoint.tls", "tls-protocol-and-certificate"),
            "asks", Map.entry("host.network-device", "snmp-default-community"),
            "knocks", Map.entry("service.mongodb", "mongodb-anonymous-access"));

    private final TestClock clock = new TestClock();
    private final CountDownLatch heard = new CountDownLatch(2);
    private final CountDownLatch gone = new CountDownLatch(2);

    /** Notes that somebody waits for an answer, and that they went away. */
    private void hold(ScriptedServer.Peer peer) throws IOException {
        peer.hear();
        heard.countDown();
        peer.waitForEnd();
        gone.countDown();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/probing/stop", "/api/v1/maintenance-windows"})
    void letsGoOfEverySocketWithinASecond(String path) throws Exception {
        try (ScriptedServer reads = ScriptedServer.start(this::hold);
                ScriptedServer shakes = ScriptedServer.start(this::hold);
                BlackHole hole = BlackHole.open();
                DatagramSocket asks = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
                CheckedEstate app = CheckedEstate.start(clock, Map.of(Setting.PROBE_ALLOW, "127.0.0.1/32"))) {
            asset(app, "reads", reads.port());
            asset(app, "shakes", shakes.port());
            asset(app, "asks", asks.getLocalPort());
            asset(app, "knocks", hole.port());
            CompletableFuture<CheckedEstate> runs = Elsewhere.supply(app::settle);
            assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
            asks.setSoTimeout(20_000);
            asks.receive(new DatagramPacket(new byte[100], 100));
            TimeUnit.MILLISECONDS.sleep(200); // what knocks is not seen by anybody

            Map<String, String> alarm = path.endsWith("stop")
                    ? Map.of("reason", "alarm")
                    : Map.of("reason", "alarm", "until", "2199-01-01T00:00:00Z");
            assertThat(app.app.post(path, alarm).status()).isIn(200, 201);
            long told = System.nanoTime();
            assertThat(gone.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(SECOND);
            runs.get(20, TimeUnit.SECONDS);

            String reason = path.endsWith("stop") ? "probing-stopped" : "maintenance-window";
            ASSETS.forEach((ref, check) -> {
                JsonNode run = app.run(ref, check.getValue());
                assertThat(run.path("outcome").asString()).as(ref + " " + run).isEqualTo("unknown");
                assertThat(run.path("reason").asString()).as(ref).isEqualTo(reason);
                JsonNode log = app.get("/api/v1/probe-log?asset=" + ref + "&check=" + check.getValue())
                        .path("items");
                assertThat(log.at("/0/outcome").asString())
                        .as("the log of %s says that it was ended from outside: %s", ref, log)
                        .isEqualTo("stopped");
            });
            int before = reads.connections() + shakes.connections();
            app.app.post("/api/v1/check-runs", Map.of());
            app.settle();
            assertThat(reads.connections() + shakes.connections())
                    .as("nothing goes out any more")
                    .isEqualTo(before);
        }
    }

    private static void asset(CheckedEstate app, String ref, int port) {
        Object[] asset = {"address", "127.0.0.1", "port", port, "probe_authorised_until", "2026-12-31"};
        app.asset(ref, ASSETS.get(ref).getKey(), asset);
    }
}
