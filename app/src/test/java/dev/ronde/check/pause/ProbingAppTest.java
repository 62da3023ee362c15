package dev.ronde.check.pause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Stopping probes from the outside. */
final class ProbingAppTest {
    private static final String WINDOWS = "/api/v1/maintenance-windows";
    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(CLOCK, Map.of());
        app.post(
                "/api/v1/assets",
                Map.of("ref", "redis-1", "name", "Cache", "kind", "service.redis", "owner", "o@example.com"));
    }

    @Test
    void aStopIsSeenEverywhereUntilItIsLifted() {
        assertThat(app.get("/api/v1/probing").json().path("stopped").asBoolean())
                .isFalse();
        JsonNode stopped = app.post("/api/v1/probing/stop", Map.of("reason", "a <wrong> target"))
                .json();
        assertThat(stopped.path("stopped").asBoolean()).isTrue();
        assertThat(stopped.path("since").asString()).startsWith("2026-");
        assertThat(app.get("/checks").body()).contains("Every probe is stopped").contains("a &lt;wrong&gt; target");
        assertThat(app.get("/checks/probing").body()).contains("/checks/probing/resume");
        assertThat(app.post("/api/v1/probing/resume", Map.of())
                        .json()
                        .path("stopped")
                        .asBoolean())
                .isFalse();
        assertThat(app.get("/checks").body()).doesNotContain("Every probe is stopped");
        assertThat(app.get("/checks/probing").body()).contains("action=\"/checks/probing/stop\"");
    }

    @Test
    void aWindowIsPlannedListedAndEnded() {
        Map<String, Object> wanted =
                new HashMap<>(Map.of("asset", "redis-1", "until", "2199-01-01T00:00:00Z", "reason", "new disks"));
        TestApp.Answer planned = app.post(WINDOWS, wanted).is(201);
        assertThat(planned.text("/state")).isEqualTo("holding");
        assertThat(app.get(WINDOWS).text("/items/0/asset")).isEqualTo("redis-1");
        assertThat(app.get("/checks/probing").body()).contains("new disks").contains("href=\"/assets/redis-1\"");
        String end = WINDOWS + "/" + planned.text("/id") + "/end";
        assertThat(app.post(end, Map.of()).text("/state")).isEqualTo("ended");
        app.post(end, Map.of()).is(409);
        wanted.put("asset", "nowhere");
        app.post(WINDOWS, wanted).is(422);
        wanted.remove("asset");
        wanted.put("until", "2001-01-01T00:00:00Z");
        app.post(WINDOWS, wanted).is(422);
    }
}
