package dev.ronde.check.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A dry run says what a run would have said, and leaves nothing behind but what went over the wire. */
final class DryRunAppTest {
    private static final String DRY = "/api/v1/checks/redis-anonymous-access/dry-run";
    private static final List<String> STORES =
            List.of("check_run", "check_state", "finding", "evidence_record", "outbox", "job");

    @Test
    void judgesAndKeepsNothing() throws IOException {
        try (ScriptedServer open = ScriptedServer.start(ScriptedServer.answer("+PONG\r\n"));
                CheckedEstate estate =
                        CheckedEstate.start(new TestClock(), Map.of(Setting.PROBE_ALLOW, "127.0.0.1/32"))) {
            TestApp app = estate.app;
            asset(estate, "cache-1", "service.redis", open.port(), "2099-01-01");
            asset(estate, "cache-2", "service.redis", open.port(), null);
            asset(estate, "cache-3", "service.redis", app.address().getPort(), "2099-01-01");
            asset(estate, "web-1", "host.server", open.port(), "2099-01-01");
            String auditor = estate.token("auditor");
            Map<String, Long> before = counts(app);

            JsonNode ran = app.post(DRY, Map.of("asset", "cache-1")).json();
            assertThat(ran.path("outcome").asString()).as(ran.toString()).isEqualTo("fail");
            assertThat(ran.at("/assertions/0/message").asString()).isNotEmpty();
            assertThat(ran.path("facts").isEmpty()).isFalse();
            assertThat(ran.path("explanation").toString()).contains("facts.");
            assertThat(ran.at("/exchanges/0/bytes_read").asInt()).isPositive();
            assertThat(counts(app)).as("nothing is kept").isEqualTo(before);
            JsonNode logged = app.get("/api/v1/probe-log?asset=cache-1").json().path("items");
            assertThat(logged.size()).isPositive();
            assertThat(logged.get(0).path("run_id").isNull()).isTrue();
            assertThat(app.get("/checks/probing/log").body()).contains("Dry run");

            JsonNode denied = app.post(DRY, Map.of("asset", "cache-2")).json();
            assertThat(denied.path("reason").asString()).as("both keys").isEqualTo("policy-denied");
            JsonNode itself = app.post(DRY, Map.of("asset", "cache-3")).json();
            assertThat(itself.path("reason").asString()).as("its own port").isEqualTo("policy-denied");
            assertThat(itself.toString()).contains("the product itself");
            assertThat(code(app.post(DRY, Map.of("asset", "web-1")))).isEqualTo("does_not_apply");
            assertThat(code(app.post(DRY, Map.of("asset", "no-such")))).isEqualTo("unknown_asset");
            assertThat(code(app.post(DRY, Map.of()))).isEqualTo("required");
            app.post("/api/v1/checks/no-such/dry-run", Map.of("asset", "cache-1"))
                    .is(404);
            Map<String, String> reading = TestApp.bearer(auditor);
            app.call("POST", DRY, Map.of("asset", "cache-1"), reading).is(403);

            assertThat(form(estate, "cache-1", "en"))
                    .contains("Nothing of this is kept.", "commands-need-credentials", "facts.ping");
            assertThat(app.get("/checks/host-disk-encryption").body())
                    .as("the page says what to push")
                    .contains("ronde snapshot push REF host.v1 -");

            asset(estate, "cache-4", "service.redis", closedPort(), "2099-01-01");
            JsonNode unseen = app.post(DRY, Map.of("asset", "cache-4")).json();
            assertThat(unseen.path("outcome").asString()).isEqualTo("unknown");
            assertThat(unseen.path("reason").asString()).isEqualTo("target-never-seen");
            assertThat(form(estate, "cache-4", "fr")).contains("Rien n’a encore répondu à cette adresse et à ce port.");

            int asked = open.connections();
            app.post("/api/v1/probing/stop", Map.of("reason", "alarm"));
            JsonNode stopped = app.post(DRY, Map.of("asset", "cache-1")).json();
            assertThat(stopped.path("reason").asString()).isEqualTo("probing-stopped");
            assertThat(open.connections()).isEqualTo(asked);
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return gone.getLocalPort();
        }
    }

    private static String code(TestApp.Answer refused) {
        refused.is(422);
        return refused.text("/errors/0/code");
    }

    private static String form(CheckedEstate estate, String asset, String language) {
        return estate.call(
                        "POST",
                        "/checks/redis-anonymous-access/dry-run",
                        "asset=" + asset,
                        "Content-Type",
                        "application/x-www-form-urlencoded",
                        "Cookie",
                        "lang=" + language)
                .is(200)
                .body();
    }

    private static void asset(CheckedEstate estate, String ref, String kind, int port, String authorisedUntil) {
        estate.asset(ref, kind, "address", "127.0.0.1", "port", port, "probe_authorised_until", authorisedUntil);
    }

    private static Map<String, Long> counts(TestApp app) {
        Map<String, Long> counts = new HashMap<>();
        app.app()
                .database()
                .useTransaction(handle -> STORES.forEach(table -> counts.put(
                        table,
                        handle.createQuery("select count(*) from " + table)
                                .mapTo(Long.class)
                                .one())));
        return counts;
    }
}
