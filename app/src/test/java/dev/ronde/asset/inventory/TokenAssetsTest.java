package dev.ronde.asset.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the tokens of agents and probers may do, and what not, through the whole app. */
final class TokenAssetsTest {
    private static final String TOKENS = "/api/v1/tokens";
    private static final String WORK = "/api/v1/probe-agent/work";

    @AutoClose
    private final TestApp app = TestApp.start(new TestClock(), Map.of());

    @BeforeEach
    void start() {
        for (String ref : List.of("own-1", "own-2", "other")) {
            Map<String, Object> asset = Map.of("ref", ref, "name", ref, "kind", "host.linux", "owner", "o@example.com");
            app.post("/api/v1/assets", asset).is(201);
        }
    }

    private String secret(Map<String, Object> wanted) {
        return app.post(TOKENS, wanted).is(201).text("/token");
    }

    private TestApp.Answer as(String token, String method, String path, Object body) {
        return app.call(method, path, body, TestApp.bearer(token));
    }

    private TestApp.Answer push(String token, String ref) {
        return as(
                token, "PUT", "/api/v1/assets/" + ref + "/snapshots/host.v1", Map.of("os", Map.of("family", "linux")));
    }

    private TestApp.Answer refused(Map<String, Object> wanted) {
        TestApp.Answer answer = app.post(TOKENS, wanted).is(422);
        return answer;
    }

    @Test
    void anAgentPushesForItsAssetsOnlyAndNeverProbes() {
        whatIsRefused();
        String token = secret(Map.of("name", "host", "role", "agent", "assets", List.of("own-2", "own-1")));
        push(token, "own-1").is(201);
        push(token, "own-1").is(200);
        push(token, "own-2").is(201);
        TestApp.Answer other = push(token, "other");
        TestApp.Answer unknown = push(token, "nowhere");
        assertThat(other.status()).isEqualTo(404);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(other.text("/detail"))
                .as("another asset is as unknown as one that is not there")
                .isEqualTo(unknown.text("/detail").replace("nowhere", "other"));
        assertThat(app.get("/api/v1/assets/other/snapshots").json().path("items"))
                .isEmpty();
        as(token, "POST", WORK, Map.of()).is(403);
        as(token, "POST", WORK + "/00000000-0000-0000-0000-000000000001/answer", Map.of())
                .is(403);

        JsonNode listed = app.get(TOKENS).json().path("items").path(0);
        assertThat(listed.path("assets")).isEqualTo(Json.tree("[\"own-1\",\"own-2\"]"));
        assertThat(app.get(TOKENS + "/" + listed.path("id").asString()).json().path("assets"))
                .isEqualTo(listed.path("assets"));
        byte[] recorded = app.app()
                .database()
                .read(handle -> handle.createQuery(
                                "select payload from evidence_record where rec_type = 'token.created'")
                        .mapTo(byte[].class)
                        .one());
        assertThat(new String(recorded, StandardCharsets.UTF_8)).contains("\"assets\":[\"own-1\",\"own-2\"]");
    }

    @Test
    void withoutAssetsAnAgentPushesForAllAndAProberProbesAndNothingElse() throws IOException {
        assertThat(form("own-1+nowhere").is(422).body()).contains("each must be in the inventory");
        TestApp.Answer page = form("own-2,+own-1").is(200);
        assertThat(page.body()).contains("<code>ronde_", "own-1, own-2");

        String agent = secret(Map.of("name", "collector", "role", "agent"));
        push(agent, "own-1").is(201);
        push(agent, "other").is(201);
        as(agent, "POST", WORK, Map.of("form", 2)).is(200);
        for (JsonNode token : app.get(TOKENS).json().path("items")) {
            assertThat(token.path("assets").size())
                    .isEqualTo(token.path("name").asString().equals("page") ? 2 : 0);
        }

        String prober = secret(Map.of("name", "outside", "role", "prober"));
        as(prober, "POST", WORK, Map.of("form", 2)).is(200);
        assertThat(as(prober, "POST", WORK, Map.of()).status())
                .as("of another release")
                .isEqualTo(409);
        push(prober, "own-1").is(403);
        as(prober, "GET", "/api/v1/assets", null).is(403);
    }

    private TestApp.Answer form(String assets) {
        return app.call(
                "POST",
                "/settings/tokens",
                "name=page&role=agent&days=3&assets=" + assets,
                app.operator("Content-Type", "application/x-www-form-urlencoded"));
    }

    private void whatIsRefused() {
        TestApp.Answer unknown =
                refused(Map.of("name", "host", "role", "agent", "assets", List.of("own-1", "nowhere")));
        assertThat(unknown.body()).contains("There is no asset nowhere.", "\"/assets/1\"");
        assertThat(refused(Map.of("name", "host", "role", "agent", "assets", List.of()))
                        .body())
                .contains("leave assets out for all");
        assertThat(refused(Map.of("name", "host", "role", "auditor", "assets", List.of("own-1")))
                        .body())
                .contains("Only a token with the role agent");
        assertThat(refused(Map.of("name", "host", "role", "prober", "assets", List.of("own-1")))
                        .body())
                .contains("Only a token with the role agent");
        assertThat(app.get(TOKENS).json().path("items")).isEmpty();
        TestApp.Answer person =
                app.post("/api/v1/people", Map.of("email", "p@example.com", "name", "P", "role", "prober"));
        assertThat(person.status()).as("a role for tokens").isEqualTo(422);
    }
}
