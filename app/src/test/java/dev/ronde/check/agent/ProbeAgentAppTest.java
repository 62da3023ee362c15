package dev.ronde.check.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.testing.RedisLikeServer;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A check that means something only from outside: unknown without an agent there, and judged by what one brings. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ProbeAgentAppTest {
    private static final String CHECK = "redis-from-outside";

    private static final TestClock CLOCK = new TestClock();

    @TempDir
    static Path folder;

    private static RedisLikeServer redis;
    private static CheckedEstate estate;
    private static ProbeAgent agent;
    private static Thread working;

    @BeforeAll
    static void start() throws IOException {
        String packaged = Files.readString(Path.of("checks/redis-anonymous-access.yaml"));
        assertThat(packaged).contains("vantage: any");
        Path checks = Files.createDirectories(folder.resolve("checks"));
        Files.writeString(
                checks.resolve(CHECK + ".yaml"),
                packaged.replace("id: redis-anonymous-access", "id: " + CHECK)
                        .replace("vantage: any", "vantage: external"));
        redis = new RedisLikeServer();
        estate = CheckedEstate.start(CLOCK, Map.of(Setting.CHECKS, checks.toString()));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        end();
        estate.close();
        redis.close();
    }

    private static void end() throws InterruptedException {
        if (agent != null) {
            agent.close();
            working.interrupt();
            working.join(5_000);
        }
    }

    private static void asset(String ref, int port) {
        estate.asset(
                ref, "service.redis", "address", "127.0.0.1", "port", port, "probe_authorised_until", "2026-12-31");
    }

    private static void agent(String allow) throws InterruptedException {
        Settings own = SettingsReader.read(
                Map.of(
                        Setting.HOME,
                        folder.resolve("agent").toString(),
                        Setting.URL,
                        estate.app.address().toString(),
                        Setting.TOKEN,
                        estate.token("prober"),
                        Setting.PROBE_ALLOW,
                        allow),
                Map.of());
        agent = ProbeAgent.of(own, CLOCK);
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

    private static JsonNode newest(String ref) {
        return estate.run(ref, CHECK);
    }

    /** What was unknown because nobody stood outside is looked at as soon as somebody does; facts are judged here. */
    @Test
    @Order(1)
    void anAgentThatAppearsGetsWhatWaitedForOne() throws InterruptedException {
        asset("redis-1", redis.port());
        estate.settle();
        assertThat(estate.result("redis-1", CHECK)).isEqualTo("unknown no-vantage");
        assertThat(log("redis-1")).isEmpty();
        CLOCK.advance(Duration.ofMinutes(1));
        agent("127.0.0.1/32");
        estate.settle();
        JsonNode run = newest("redis-1");
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo("pass");
        assertThat(run.at("/facts/vantage/zone").asString()).isEqualTo("external");
        JsonNode packet = log("redis-1").get(0);
        assertThat(packet.path("vantage").asString()).isEqualTo("external");
        assertThat(packet.path("remote_port").asInt()).isEqualTo(redis.port());
        assertThat(estate.result("redis-1", "redis-anonymous-access"))
                .as("the server itself may probe nothing")
                .isEqualTo("error policy-denied");
    }

    @Test
    @Order(2)
    void aStopReachesTheAgentWithinASecond() throws IOException, InterruptedException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            asset("redis-2", silent.getLocalPort());
            Thread sweep = new Thread(() -> estate.settle(), "sweep");
            sweep.start();
            try (java.net.Socket taken = silent.accept()) {
                taken.setSoTimeout(5_000);
                taken.getInputStream().read();
                long start = System.nanoTime();
                estate.app.post("/api/v1/probing/stop", Map.of("reason", "now"));
                while (taken.getInputStream().read() >= 0) {
                    // what was sent before
                }
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_500));
            }
            sweep.join(20_000);
            assertThat(estate.result("redis-2", CHECK)).isEqualTo("unknown probing-stopped");
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (log("redis-2").isEmpty() && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(log("redis-2")).as("what was sent before it was stopped").hasSize(1);
            JsonNode line = log("redis-2").get(0);
            assertThat(line.path("outcome").asString()).isEqualTo("stopped");
            assertThat(line.path("bytes_out").asInt()).isPositive();
            assertThat(line.path("vantage").asString()).isEqualTo("external");
            assertThat(line.path("remote_port").asInt()).isEqualTo(silent.getLocalPort());
        }
        estate.call("DELETE", "/api/v1/assets/redis-2", null);
        estate.app.post("/api/v1/probing/resume", Map.of());
    }

    @Test
    @Order(3)
    void theAgentsOwnPolicyHolds() throws InterruptedException {
        end();
        agent("192.0.2.0/24");
        asset("redis-3", redis.port());
        estate.settle();
        assertThat(estate.result("redis-3", CHECK)).isEqualTo("error policy-denied");
        assertThat(newest("redis-3").path("detail").asString()).startsWith("agent:");
        end();
    }

    /** An agent that answers when nobody waits any more: its packets are logged, its facts are not looked at. */
    @Test
    @Order(4)
    void aLateAnswerIsLoggedAndNothingElse() throws InterruptedException {
        String outside = prober("outside");
        String other = prober("other");
        assertThat(ask(outside)).isEmpty();
        asset("redis-4", redis.port());
        Thread sweep = new Thread(() -> estate.app.settle(), "sweep");
        sweep.start();
        JsonNode work = ask(outside);
        for (int again = 0; work.isEmpty() && again < 20; again++) {
            work = ask(outside);
        }
        String id = work.path(0).path("id").asString();
        estate.app.post("/api/v1/probing/stop", Map.of("reason", "now"));
        sweep.join(20_000);
        assertThat(newest("redis-4").path("reason").asString()).isEqualTo("probing-stopped");
        assertThat(log("redis-4")).isEmpty();

        String open = "{\"facts\":{\"ping\":{\"outcome\":\"response\",\"reply\":\"pong\",\"bytesRead\":7}},"
                + "\"vantage\":{\"zone\":\"internal\",\"canary_ok\":true,\"proof\":\"answer\"},\"exchanges\":["
                + exchange("PING", "response", "198.51.100.9") + ","
                + exchange("PING", "an outcome that no probe has", "198.51.100.9") + ","
                + exchange("PING", "response", "not an address")
                + "]}";
        assertThat(answer(other, id, open)).as("somebody else's work").isEqualTo("{\"taken\":false}");
        assertThat(log("redis-4")).isEmpty();
        assertThat(answer(outside, id, open)).isEqualTo("{\"taken\":false}");
        assertThat(answer(outside, id, open)).as("once").isEqualTo("{\"taken\":false}");
        assertThat(log("redis-4")).hasSize(1);
        JsonNode line = log("redis-4").get(0);
        assertThat(line.path("remote_address").asString()).isEqualTo("198.51.100.9");
        assertThat(line.path("vantage").asString()).as("where its work is").isEqualTo("external");
        assertThat(line.path("asset").asString()).isEqualTo("redis-4");
        assertThat(line.path("run_id").isNull()).isTrue();
        assertThat(estate.app.get("/checks/probing/log").body()).contains("Dry run, or cut short");
        assertThat(newest("redis-4").path("outcome").asString())
                .as("it is no result")
                .isEqualTo("unknown");
    }

    private static String exchange(String what, String outcome, String remote) {
        return "{\"what\":\"" + what + "\",\"outcome\":\"" + outcome
                + "\",\"bytes_out\":6,\"bytes_read\":7,\"millis\":3,\"wire\":{\"vantage\":\"internal\",\"transport\":\"tcp\","
                + "\"started_at\":\"2026-03-02T08:00:00Z\",\"local_address\":\"192.0.2.1\",\"local_port\":40000,"
                + "\"remote_address\":\"" + remote + "\",\"remote_port\":6379}}";
    }

    private static List<JsonNode> log(String ref) {
        return estate.items("/api/v1/probe-log?check=" + CHECK + "&asset=" + ref);
    }

    @Test
    void anAgentOfAnotherReleaseGetsNoWork() {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + prober("of another release"));
        for (Map<String, Object> asks : List.<Map<String, Object>>of(Map.of(), Map.of("form", 1), Map.of("form", 3))) {
            var refused = estate.app
                    .call("POST", "/api/v1/probe-agent/work", asks, headers)
                    .is(409);
            assertThat(refused.text("/code")).isEqualTo("other_release");
        }
    }

    private static String prober(String name) {
        return estate.app
                .post("/api/v1/tokens", Map.of("name", name, "role", "prober", "days", 1))
                .text("/token");
    }

    private static JsonNode ask(String token) {
        return estate.app
                .call(
                        "POST",
                        "/api/v1/probe-agent/work",
                        Map.of("form", 2, "zone", "external", "limit", 5, "running", List.of(), "wait_millis", 500),
                        Map.of("Authorization", "Bearer " + token))
                .json()
                .path("items");
    }

    private static String answer(String token, String id, String body) {
        return estate.app
                .call(
                        "POST",
                        "/api/v1/probe-agent/work/" + id + "/answer",
                        body,
                        Map.of("Authorization", "Bearer " + token, "Content-Type", "application/json"))
                .body();
    }
}
