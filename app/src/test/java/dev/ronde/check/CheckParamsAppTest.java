package dev.ronde.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the tags of an asset say reaches the question that is put to it: another port, a path, which product it is. */
final class CheckParamsAppTest {
    private final TestClock clock = new TestClock();

    private static void asset(TestApp app, String ref, String kind, int port, String... tags) {
        Map<String, Object> asset = Map.of(
                "ref",
                ref,
                "name",
                ref,
                "kind",
                kind,
                "owner",
                "o@example.com",
                "address",
                "127.0.0.1",
                "port",
                port,
                "tags",
                List.of(tags),
                "probe_authorised_until",
                "2026-12-31");
        TestApp.Answer created = app.post("/api/v1/assets", asset);
        assertThat(created.status()).as(created.body()).isEqualTo(201);
    }

    private static Set<String> asked(TestApp app, String ref) {
        Set<String> checks = new TreeSet<>();
        for (JsonNode entry : app.get("/api/v1/probe-log?asset=" + ref).json().path("items")) {
            checks.add(entry.path("check").asString() + " "
                    + entry.path("remote_port").asInt());
        }
        return checks;
    }

    @Test
    void tagsChooseThePortThePathAndTheProduct() throws IOException {
        try (ScriptedServer telnet = ScriptedServer.start(peer -> peer.say("login: "));
                ScriptedServer named = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 404 Not Found\r\n\r\n"));
                ScriptedServer unnamed = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 404 Not Found\r\n\r\n"));
                TestApp app = TestApp.start(clock, Map.of(Setting.PROBE_ALLOW, "127.0.0.1/32"))) {
            int port = telnet.port();
            asset(app, "switch", "host.network-device", 161, "param:network-device-telnet.port=" + port);
            String prefix = "param:prometheus-anonymous.prefix=/prom";
            asset(app, "named", "service.monitoring", named.port(), "product:prometheus", prefix);
            asset(app, "unnamed", "service.monitoring", unnamed.port());
            app.settle();

            assertThat(asked(app, "switch")).contains("network-device-telnet " + port);
            assertThat(asked(app, "named")).containsExactly("prometheus-anonymous " + named.port());
            assertThat(named.received(0)).startsWith("GET /prom/api/v1/status/buildinfo HTTP/1.1");
            assertThat(asked(app, "unnamed"))
                    .contains("prometheus-anonymous " + unnamed.port(), "alertmanager-anonymous " + unnamed.port());
        }
    }
}
