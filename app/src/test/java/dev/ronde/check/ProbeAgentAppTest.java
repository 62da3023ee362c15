package dev.ronde.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsException;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.platform.db.DatabaseUrl;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnBothDatabases;
import dev.ronde.testing.RedisLikeServer;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A check that means something only from outside: unknown without an agent there, and judged by what one brings. */
@OnBothDatabases
@Tag("long")
final class ProbeAgentAppTest {
    private static final String CHECK = "redis-from-outside";

    private final TestClock clock = new TestClock();
    private final DatabaseKind kind;

    @TempDir
    Path folder;

    private RedisLikeServer redis;
    private TestApp app;
    private ProbeAgent agent;
    private Thread working;

    ProbeAgentAppTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws IOException {
        String packaged = Files.readString(Path.of("checks/redis-anonymous-access.yaml"));
        assertThat(packaged).contains("vantage: any");
        Files.createDirectories(folder.resolve("checks"));
        Files.writeString(
                folder.resolve("checks/" + CHECK + ".yaml"),
                packaged.replace("id: redis-anonymous-access", "id: " + CHECK)
                        .replace("vantage: any", "vantage: external"));
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.CHECKS, folder.resolve("checks").toString());
        if (kind == DatabaseKind.POSTGRESQL) {
            DatabaseUrl url = TestDatabase.emptyPostgres();
            settings.put(Setting.DB_URL, url.url());
            settings.put(Setting.DB_USER, String.valueOf(url.user()));
            settings.put(Setting.DB_PASSWORD, String.valueOf(url.password()));
        }
        redis = new RedisLikeServer();
        app = TestApp.start(clock, settings);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (agent != null) {
            agent.close();
            working.interrupt();
            working.join(5_000);
        }
        app.close();
        redis.close();
    }

    private void asset(int port) {
        Map<String, Object> asset = new HashMap<>(
                Map.of("ref", "redis-1", "name", "Cache", "kind", "service.redis", "owner", "o@example.com"));
        asset.putAll(Map.of("address", "127.0.0.1", "port", port, "probe_authorised_until", "2026-12-31"));
        TestApp.Answer created = app.post("/api/v1/assets", asset);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    private Settings agentSettings(String url, String allow, String token) {
        return SettingsReader.read(
                Map.of(
                        Setting.HOME,
                        folder.resolve("agent").toString(),
                        Setting.URL,
                        url,
                        Setting.TOKEN,
                        token,
                        Setting.PROBE_ALLOW,
                        allow),
                Map.of());
    }

    private void agent(String allow) throws InterruptedException {
        String token = app.post("/api/v1/tokens", Map.of("name", "outside", "role", "prober", "days", 1))
                .json()
                .path("token")
                .asString();
        agent = ProbeAgent.of(agentSettings(app.address().toString(), allow, token), clock);
        assertThat(agent.zone()).isEqualTo("external");
        CountDownLatch found = new CountDownLatch(1);
        working = new Thread(
                () -> {
                    try {
                        agent.run(said -> found.countDown());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "agent");
        working.start();
        assertThat(found.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private JsonNode newest() {
        return app.get("/api/v1/check-runs?asset=redis-1&check=" + CHECK)
                .json()
                .path("items")
                .path(0);
    }

    @Test
    void withoutAVantageOutsideNothingIsKnown() {
        asset(redis.port());
        app.settle();
        assertThat(newest().path("outcome").asString()).isEqualTo("unknown");
        assertThat(newest().path("reason").asString()).isEqualTo("no-vantage");
        assertThat(app.get("/api/v1/probe-log").json().path("items")).isEmpty();
    }

    @Test
    void anAgentTakesTheWorkAndItsFactsAreJudgedHere() throws InterruptedException {
        agent("127.0.0.1/32");
        asset(redis.port());
        app.settle();
        JsonNode run = newest();
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo("pass");
        assertThat(run.at("/facts/vantage/zone").asString()).isEqualTo("external");
        JsonNode packet =
                app.get("/api/v1/probe-log?check=" + CHECK).json().path("items").path(0);
        assertThat(packet.path("vantage").asString()).isEqualTo("external");
        assertThat(packet.path("remote_port").asInt()).isEqualTo(redis.port());
        JsonNode own = app.get("/api/v1/check-runs?asset=redis-1&check=redis-anonymous-access")
                .json()
                .path("items")
                .path(0);
        assertThat(own.path("reason").asString())
                .as("the server itself may probe nothing")
                .isEqualTo("policy-denied");
    }

    @Test
    void theAgentsOwnPolicyHolds() throws InterruptedException {
        agent("192.0.2.0/24");
        asset(redis.port());
        app.settle();
        assertThat(newest().path("outcome").asString()).isEqualTo("error");
        assertThat(newest().path("reason").asString()).isEqualTo("policy-denied");
        assertThat(newest().path("detail").asString()).startsWith("agent:");
    }

    @Test
    void aStopReachesTheAgentWithinASecond() throws IOException, InterruptedException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            agent("127.0.0.1/32");
            asset(silent.getLocalPort());
            Thread sweep = new Thread(() -> app.settle(), "sweep");
            sweep.start();
            try (java.net.Socket taken = silent.accept()) {
                taken.setSoTimeout(5_000);
                taken.getInputStream().read();
                long start = System.nanoTime();
                app.post("/api/v1/probing/stop", Map.of("reason", "now"));
                while (taken.getInputStream().read() >= 0) {
                    // what was sent before
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_500));
            }
            sweep.join(20_000);
            assertThat(newest().path("reason").asString()).isEqualTo("probing-stopped");
        }
    }

    @Test
    void aServerElsewhereIsReachedOverHttpsOnly() {
        assertThatThrownBy(() -> ProbeAgent.of(agentSettings("http://ronde.example.org", "", "t"), clock))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("https://");
    }
}
