package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.check.agent.ProbeAgent;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.config.Settings;
import dev.ronde.platform.config.SettingsReader;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.Elsewhere;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.OutcomeTable;
import dev.ronde.testing.RedisLikeServer;
import dev.ronde.testing.Stance;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.services.BlackHole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The ports of a host seen from outside, with real listeners on loopback, by the server itself and by an agent. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
@Tag("long")
final class PortExposureAppTest {
    private static final String CHECK = "declared-port-exposure";

    private final TestClock clock = new TestClock();
    private final DatabaseKind kind;

    @TempDir
    Path folder;

    private final ServerSocket database;
    private final ServerSocket web;
    private int closed;
    private @Nullable CheckedEstate estate;
    private @Nullable ProbeAgent agent;
    private @Nullable Thread working;

    PortExposureAppTest(DatabaseKind kind) throws IOException {
        this.kind = kind;
        database = listener();
        web = listener();
        try (ServerSocket gone = listener()) {
            closed = gone.getLocalPort();
        }
    }

    private static ServerSocket listener() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        if (agent != null) {
            agent.close();
            working.interrupt();
            working.join(5_000);
        }
        if (estate != null) {
            estate.close();
        }
        database.close();
        web.close();
    }

    /** Starts a server that takes these ports for sensitive. */
    private void serve(String vantage, String allow, Integer... sensitive) throws IOException {
        sensitive(sensitive);
        estate = CheckedEstate.start(clock, settings(vantage, allow));
    }

    private void sensitive(Integer... ports) throws IOException {
        Path checks = Files.createDirectories(folder.resolve("checks"));
        Files.writeString(
                checks.resolve("sensitive-ports.yaml"),
                List.of(ports).stream()
                        .map(port -> "  - {port: " + port + ", protocol: tcp, service: X, why: It is a test}\n")
                        .collect(Collectors.joining("", "ports:\n", "")));
    }

    private Map<Setting, String> settings(String vantage, String allow) {
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.CHECKS, folder.resolve("checks").toString());
        settings.put(Setting.PROBE_VANTAGE, vantage);
        settings.put(Setting.PROBE_ALLOW, allow);
        settings.putAll(TestDatabase.settings(kind));
        return settings;
    }

    private void host(Integer... declared) {
        Object[] asset = {"address", "127.0.0.1", "declared_ports", declared, "probe_authorised_until", "2026-12-31"};
        estate.asset("host-1", "host.public", asset);
    }

    private void change(String field, @Nullable Object value) {
        Map<String, Object> values = new HashMap<>();
        values.put(field, value);
        estate.call("PATCH", "/api/v1/assets/host-1", values).is(200);
    }

    private JsonNode newest() {
        return estate.run("host-1", CHECK);
    }

    private void expect(Stance stance, String state, String outcome) {
        assertThat(newest().path("outcome").asString()).as(newest().toString()).isEqualTo(outcome);
        OutcomeTable.note(CHECK, state, stance, outcome);
    }

    private List<String> log() {
        List<String> lines = new ArrayList<>();
        estate.items("/api/v1/probe-log?check=" + CHECK + "&limit=500")
                .forEach(line -> lines.add(line.path("what").asString() + " "
                        + line.path("outcome").asString() + " "
                        + line.path("vantage").asString() + " "
                        + line.path("remote_port").asInt() + " "
                        + line.path("bytes_out").asInt() + "/"
                        + line.path("bytes_in").asInt()));
        return lines;
    }

    private String line(int port, String outcome) {
        return "connect " + port + " " + outcome + " external " + port + " 0/0";
    }

    @Test
    void anOpenPortThatNobodyDeclaredIsNamedUntilItIsDeclared() throws IOException {
        serve("external", "127.0.0.1/32", database.getLocalPort(), closed);
        host(web.getLocalPort());
        estate.settle();
        expect(Stance.EXPOSED, "undeclared listener", "fail");
        String found = "127.0.0.1:" + database.getLocalPort();
        assertThat(newest().at("/assertions/0/message").asString())
                .isEqualTo("Open from outside and not declared: " + found + ".");
        assertThat(newest().at("/facts/undeclared/ports").toString()).isEqualTo("[\"" + found + "\"]");
        assertThat(newest().path("severity").asString()).isEqualTo("critical");
        assertThat(log())
                .containsExactlyInAnyOrder(
                        line(database.getLocalPort(), "connected"),
                        line(closed, "refused"),
                        line(web.getLocalPort(), "connected"));
        String page = "/checks/runs/" + newest().path("id").asString();
        assertThat(estate.page(page)).contains("Open from outside and not declared: " + found + ".");
        assertThat(estate.page(page, "fr")).contains("Ouvert vu de l’extérieur et non déclaré : " + found + ".");
        assertThat(estate.finding("host-1", CHECK)).isNotEmpty();

        clock.advance(Duration.ofMinutes(1));
        change("declared_ports", List.of(web.getLocalPort(), database.getLocalPort()));
        estate.settle();
        expect(Stance.PROTECTED, "declared listeners", "pass");
        assertThat(estate.get("/api/v1/assets/host-1/protections").toString()).contains("network-exposure-restricted");

        String kept = newest().path("id").asString();
        int logged = log().size();
        JsonNode tried = estate.app
                .post("/api/v1/checks/" + CHECK + "/dry-run", Map.of("asset", "host-1"))
                .json();
        assertThat(tried.path("outcome").asString()).as(tried.toString()).isEqualTo("pass");
        assertThat(newest().path("id").asString()).as("a dry run keeps nothing").isEqualTo(kept);
        assertThat(log()).as("and is in the log").hasSize(logged + 3);
    }

    @Test
    void whatMayNotBeProbedIsNeverTakenForClosed() throws IOException {
        serve("external", "127.0.0.1:" + closed, closed, database.getLocalPort());
        host();
        estate.settle();
        expect(Stance.OTHER, "a port outside the policy", "unknown");
        assertThat(newest().path("reason").asString()).isEqualTo("ports-not-looked-at");
        assertThat(newest().at("/facts/unseen/words").asString())
                .isEqualTo(database.getLocalPort() + " (policy-denied)");
        String page = "/checks/runs/" + newest().path("id").asString();
        assertThat(estate.page(page)).contains("Not looked at: " + database.getLocalPort() + " (policy-denied).");
        assertThat(estate.page(page, "fr"))
                .contains("Ports non examinés : " + database.getLocalPort() + " (policy-denied).")
                .doesNotContain("Not looked at");
        assertThat(log()).containsExactly(line(closed, "refused"));
    }

    @Test
    void silenceIsGoodWhereTheVantageReachesAnything() throws IOException {
        try (BlackHole hole = BlackHole.open()) {
            sensitive(hole.port());
            Map<Setting, String> canary = settings("external", "127.0.0.1/32");
            canary.put(Setting.PROBE_CANARY, "127.0.0.1:" + web.getLocalPort());
            estate = CheckedEstate.start(clock, canary);
            host();
            change("expected_closed", true);
            estate.settle();
            expect(Stance.PROTECTED, "filtered, canary answers", "pass");
            assertThat(newest().at("/facts/ports/0/state").asString()).isEqualTo("filtered");
        }
    }

    @Test
    void anAgentLooksForTheServerThatStandsInside() throws Exception {
        serve("internal", "127.0.0.1/32", database.getLocalPort(), closed);
        host(web.getLocalPort());
        estate.settle();
        expect(Stance.OTHER, "no vantage outside", "unknown");
        assertThat(newest().path("reason").asString()).isEqualTo("no-vantage");
        assertThat(log()).isEmpty();
        agent("127.0.0.1/32");
        again();
        expect(Stance.EXPOSED, "undeclared listener, by an agent", "fail");
        assertThat(newest().at("/facts/vantage/zone").asString()).isEqualTo("external");
        assertThat(log())
                .containsExactlyInAnyOrder(
                        line(database.getLocalPort(), "connected"),
                        line(closed, "refused"),
                        line(web.getLocalPort(), "connected"));
        database.close();
        again();
        expect(Stance.PROTECTED, "refused, by an agent", "pass");
    }

    private void again() {
        clock.advance(Duration.ofMinutes(1));
        estate.app.post("/api/v1/check-runs", Map.of("asset", "host-1", "check", CHECK));
        estate.settle();
    }

    private void agent(String allow) throws InterruptedException {
        String token = estate.token("prober");
        Settings own = SettingsReader.read(
                Map.of(
                        Setting.HOME,
                        folder.resolve("agent").toString(),
                        Setting.URL,
                        estate.app.address().toString(),
                        Setting.TOKEN,
                        token,
                        Setting.PROBE_ALLOW,
                        allow),
                Map.of());
        agent = ProbeAgent.of(own, clock);
        CountDownLatch found = new CountDownLatch(1);
        working = new Thread(
                () -> {
                    try {
                        agent.run(said -> found.countDown());
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (ProbeAgent.RefusedException e) {
                        throw new AssertionError(e);
                    }
                },
                "agent");
        working.start();
        assertThat(found.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** The first port answers at once and the next ones swallow three seconds each: time for others, and for a stop. */
    @Test
    void othersAreServedMeanwhileAndAStopEndsItWithinASecond() throws Exception {
        try (BlackHole first = BlackHole.open();
                BlackHole second = BlackHole.open();
                BlackHole third = BlackHole.open();
                RedisLikeServer redis = new RedisLikeServer()) {
            serve(
                    "external",
                    "127.0.0.1/32",
                    database.getLocalPort(),
                    first.port(),
                    second.port(),
                    third.port(),
                    redis.port());
            host();
            CompletableFuture<CheckedEstate> runs = Elsewhere.supply(estate::settle);
            database.setSoTimeout(20_000);
            database.accept().close();
            estate.asset(
                    "cache",
                    "service.redis",
                    "address",
                    "127.0.0.1",
                    "port",
                    redis.port(),
                    "probe_authorised_until",
                    "2026-12-31");
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(8);
            while (!estate.run("cache", "redis-anonymous-access").has("outcome") && System.nanoTime() < until) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            assertThat(estate.run("cache", "redis-anonymous-access")
                            .path("outcome")
                            .asString())
                    .isEqualTo("pass");
            assertThat(newest().has("outcome"))
                    .as("the sweep is still under way")
                    .isFalse();

            estate.app.post("/api/v1/probing/stop", Map.of("reason", "alarm"));
            long told = System.nanoTime();
            while (!newest().has("outcome") && System.nanoTime() - told < TimeUnit.SECONDS.toNanos(10)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - told))
                    .as("stopped and written")
                    .isLessThan(Duration.ofMillis(1_500));
            runs.get(20, TimeUnit.SECONDS);
            expect(Stance.OTHER, "stopped in the middle", "unknown");
            assertThat(newest().path("reason").asString()).isEqualTo("probing-stopped");
            assertThat(log()).contains(line(database.getLocalPort(), "connected"));
            assertThat(log().toString()).contains(" stopped external ");
        }
    }
}
