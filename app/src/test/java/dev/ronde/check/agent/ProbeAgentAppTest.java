package dev.ronde.check.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
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
import java.util.List;
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
@OnOneDatabase(DatabaseKind.POSTGRESQL)
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
        settings.putAll(TestDatabase.settings(kind));
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
                    } catch (ProbeAgent.RefusedException e) {
                        throw new IllegalStateException(e);
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

    /** What was unknown because nobody stood outside is looked at as soon as somebody does; facts are judged here. */
    @Test
    void anAgentThatAppearsGetsWhatWaitedForOne() throws InterruptedException {
        asset(redis.port());
        app.settle();
        assertThat(newest().path("outcome").asString()).isEqualTo("unknown");
        assertThat(newest().path("reason").asString()).isEqualTo("no-vantage");
        assertThat(log()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        agent("127.0.0.1/32");
        app.settle();
        JsonNode run = newest();
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo("pass");
        assertThat(run.at("/facts/vantage/zone").asString()).isEqualTo("external");
        JsonNode packet = log().get(0);
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
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (log().isEmpty() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(log()).as("what was sent before it was stopped").hasSize(1);
            assertThat(log().get(0).path("outcome").asString()).isEqualTo("stopped");
            assertThat(log().get(0).path("bytes_out").asInt()).isPositive();
            assertThat(log().get(0).path("vantage").asString()).isEqualTo("external");
            assertThat(log().get(0).path("remote_port").asInt()).isEqualTo(silent.getLocalPort());
        }
    }

    /** An agent that answers when nobody waits any more: its packets are logged, its facts are not looked at. */
    @Test
    void aLateAnswerIsLoggedAndNothingElse() throws InterruptedException {
        String outside = prober("outside");
        String other = prober("other");
        assertThat(ask(outside)).isEmpty();
        asset(redis.port());
        Thread sweep = new Thread(() -> app.settle(), "sweep");
        sweep.start();
        JsonNode work = ask(outside);
        for (int again = 0; work.isEmpty() && again < 20; again++) {
            work = ask(outside);
        }
        String id = work.path(0).path("id").asString();
        app.post("/api/v1/probing/stop", Map.of("reason", "now"));
        sweep.join(20_000);
        assertThat(newest().path("reason").asString()).isEqualTo("probing-stopped");
        assertThat(log()).isEmpty();

        String open = "{\"facts\":{\"ping\":{\"outcome\":\"response\",\"reply\":\"pong\",\"bytesRead\":7}},"
                + "\"vantage\":{\"zone\":\"internal\",\"canary_ok\":true,\"proof\":\"answer\"},\"exchanges\":["
                + exchange("PING", "response", "198.51.100.9") + ","
                + exchange("PING", "an outcome that no probe has", "198.51.100.9") + ","
                + exchange("PING", "response", "not an address")
                + "]}";
        assertThat(answer(other, id, open)).as("somebody else's work").isEqualTo("{\"taken\":false}");
        assertThat(log()).isEmpty();
        assertThat(answer(outside, id, open)).isEqualTo("{\"taken\":false}");
        assertThat(answer(outside, id, open)).as("once").isEqualTo("{\"taken\":false}");
        assertThat(log()).hasSize(1);
        JsonNode line = log().get(0);
        assertThat(line.path("remote_address").asString()).isEqualTo("198.51.100.9");
        assertThat(line.path("vantage").asString()).as("where its work is").isEqualTo("external");
        assertThat(line.path("asset").asString()).isEqualTo("redis-1");
        assertThat(line.path("run_id").isNull()).isTrue();
        assertThat(app.get("/checks/probing/log").body()).contains("Dry run, or cut short");
        assertThat(newest().path("outcome").asString()).as("it is no result").isEqualTo("unknown");
    }

    private static String exchange(String what, String outcome, String remote) {
        return "{\"what\":\"" + what + "\",\"outcome\":\"" + outcome
                + "\",\"bytes_out\":6,\"bytes_read\":7,\"millis\":3,\"wire\":{\"vantage\":\"internal\",\"transport\":\"tcp\","
                + "\"started_at\":\"2026-03-02T08:00:00Z\",\"local_address\":\"192.0.2.1\",\"local_port\":40000,"
                + "\"remote_address\":\"" + remote + "\",\"remote_port\":6379}}";
    }

    private List<JsonNode> log() {
        return app.get("/api/v1/probe-log?check=" + CHECK)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }

    @Test
    void anAgentOfAnotherReleaseGetsNoWork() {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + prober("of another release"));
        for (Map<String, Object> asks : List.<Map<String, Object>>of(Map.of(), Map.of("form", 1), Map.of("form", 3))) {
            TestApp.Answer refused = app.call("POST", "/api/v1/probe-agent/work", asks, headers);
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.json().path("code").asString("")).isEqualTo("other_release");
        }
    }

    private String prober(String name) {
        return app.post("/api/v1/tokens", Map.of("name", name, "role", "prober", "days", 1))
                .json()
                .path("token")
                .asString();
    }

    private JsonNode ask(String token) {
        return app.call(
                        "POST",
                        "/api/v1/probe-agent/work",
                        Map.of("form", 2, "zone", "external", "limit", 5, "running", List.of(), "wait_millis", 500),
                        Map.of("Authorization", "Bearer " + token))
                .json()
                .path("items");
    }

    private String answer(String token, String id, String body) {
        return app.call(
                        "POST",
                        "/api/v1/probe-agent/work/" + id + "/answer",
                        body,
                        Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"))
                .body();
    }
}
