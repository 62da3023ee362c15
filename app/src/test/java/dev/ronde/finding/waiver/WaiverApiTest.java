package dev.ronde.finding.waiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A waiver from the outside: asked for by one, approved by another, seen on the finding, the run and the coverage. */
final class WaiverApiTest {
    private static final TestClock CLOCK = TestClock.at("2026-11-25T09:00:00Z");
    private static TestApp app;
    private static String lead;
    private static String auditor;

    @BeforeAll
    static void start() {
        app = TestApp.start(CLOCK, Map.of());
        app.post(
                "/api/v1/assets",
                Map.of("ref", "host-1", "name", "Host", "kind", "host.server", "owner", "owner@example.com"));
        app.settle();
        CLOCK.advance(Duration.ofMinutes(1));
        String host = "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}],"
                + "\"patches\":{\"pending_security\":0}}";
        call(app.app().token(), "PUT", "/api/v1/assets/host-1/snapshots/host.v1", host, Map.of());
        app.settle();
        lead = token("compliance");
        auditor = token("auditor");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static String token(String role) {
        return app.post("/api/v1/tokens", Map.of("name", "the " + role, "role", role, "days", 1))
                .json()
                .path("token")
                .asString();
    }

    private static TestApp.Answer call(
            String token, String method, String path, Object body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        all.put("Content-Type", "application/json");
        return app.call(method, path, body instanceof String text ? text : Json.write(body), all);
    }

    private static JsonNode finding() {
        return app.get("/api/v1/findings?state=open&asset=host-1")
                .json()
                .path("items")
                .path(0);
    }

    private static JsonNode run() {
        return app.get("/api/v1/check-runs?asset=host-1&outcome=fail")
                .json()
                .path("items")
                .path(0);
    }

    @Test
    void isAskedForApprovedSeenAndTakenBack() {
        String root = "/api/v1/findings/" + finding().path("id").asString() + "/waivers";
        Map<String, Object> draft =
                Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", "2026-12-20");
        assertThat(call(auditor, "POST", root, draft, Map.of()).status()).isEqualTo(403);
        TestApp.Answer refused = call(lead, "POST", root, Map.of("until", "2031-01-01"), Map.of());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").toString()).contains("/reason", "/category", "/until", "90 days");

        TestApp.Answer asked = call(lead, "POST", root, draft, Map.of());
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        String waiver = "/api/v1/waivers/" + asked.json().path("ref").asString();
        assertThat(asked.header("Location")).isEqualTo(waiver);
        assertThat(asked.json().path("state").asString()).isEqualTo("requested");
        assertThat(asked.json().path("requested_by").asString()).isEqualTo("the compliance");
        assertThat(finding().path("waived").asBoolean(true)).isFalse();

        assertThat(call(lead, "POST", waiver + "/approve", "", Map.of()).status())
                .isEqualTo(403);
        TestApp.Answer approved = app.post(waiver + "/approve", Map.of());
        assertThat(approved.json().path("state").asString()).as(approved.body()).isEqualTo("active");
        assertThat(finding().path("waived").asBoolean(false)).isTrue();
        assertThat(finding().path("state").asString()).isEqualTo("open");
        assertThat(run().path("waived").asBoolean(false)).isTrue();
        assertThat(run().path("outcome").asString()).isEqualTo("fail");
        assertThat(app.get("/api/v1/waivers?open=true&asset=host-1")
                        .json()
                        .path("total")
                        .path("count")
                        .asInt())
                .isEqualTo(1);

        assertThat(call(lead, "DELETE", waiver, "", Map.of()).status()).isEqualTo(428);
        assertThat(call(lead, "DELETE", waiver, "", Map.of("If-Match", "\"1\"")).status())
                .isEqualTo(412);
        assertThat(call(lead, "DELETE", waiver, "", Map.of("If-Match", approved.header("ETag")))
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("revoked");
        assertThat(run().path("waived").asBoolean(true)).isFalse();
        assertThat(app.get("/api/v1/waivers/W-1").status()).isEqualTo(404);
        assertThat(app.get("/api/v1/waivers/all").status()).isEqualTo(404);
    }
}
