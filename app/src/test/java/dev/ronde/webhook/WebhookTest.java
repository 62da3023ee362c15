package dev.ronde.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.HookReceiver;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class WebhookTest {
    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static TestApp app;

    private static int round;

    private final HookReceiver receiver = new HookReceiver();

    @BeforeAll
    static void start() {
        Map<Setting, String> settings = new EnumMap<>(TestDatabase.settings(DatabaseKind.POSTGRESQL));
        settings.put(Setting.BASE_URL, "https://ronde.example.org");
        app = TestApp.start(CLOCK, settings);
    }

    /** The next test has its own webhook and adds the same assets. */
    @AfterEach
    void close() {
        receiver.close();
        Map<String, String> any = new HashMap<>(app.operator());
        any.put("If-Match", "*");
        get("/api/v1/webhooks")
                .path("items")
                .forEach(webhook -> app.call("DELETE", "/api/v1/webhooks/" + id(webhook), null, any));
        round++;
    }

    @Test
    void aSealedRecordIsToldOnceSignedAndWithoutFacts() {
        JsonNode webhook = add(List.of("asset.*"));
        String secret = webhook.path("secret").asString();
        asset("db-1");
        app.settle();
        app.settle();
        assertThat(receiver.received()).hasSize(1);
        HookReceiver.Received message = receiver.received().get(0);
        JsonNode body = Json.tree(message.body());
        assertThat(body.path("type").asString()).isEqualTo("asset.created");
        assertThat(body.at("/data/subject/id").asString()).isEqualTo(ref("db-1"));
        assertThat(body.at("/data/url").asString()).isEqualTo("https://ronde.example.org/assets/" + ref("db-1"));
        assertThat(message.body()).doesNotContain("owner@example.org", "A database");
        assertThat(message.headers()).containsEntry("content-type", "application/json");
        String signed = message.headers().get("webhook-id") + "."
                + message.headers().get("webhook-timestamp") + "." + message.body();
        assertThat(message.headers().get("webhook-signature")).isEqualTo("v1," + hmac(secret, signed));
        assertThat(deliveries(webhook).at("/items/0").path("state").asString()).isEqualTo("delivered");
        String one = "/api/v1/webhooks/" + id(webhook);
        assertThat(get(one).has("secret")).isFalse();
        Map<String, String> any = new HashMap<>(app.operator());
        any.put("If-Match", "*");
        app.call("PATCH", one, Map.of("enabled", false), any);
        asset("db-2");
        app.settle();
        app.call("PATCH", one, Map.of("enabled", true), any);
        asset("db-3");
        app.settle();
        assertThat(receiver.received().stream()
                        .map(sent ->
                                Json.tree(sent.body()).at("/data/subject/id").asString()))
                .as("switched on again, it hears of what is sealed from then on")
                .containsExactly(ref("db-1"), ref("db-3"));
    }

    @Test
    void nullTakesTheDescriptionAwayAndNothingThatIsRequired() {
        JsonNode webhook = add(List.of("asset.created"));
        String one = "/api/v1/webhooks/" + id(webhook);
        Map<String, String> any = new HashMap<>(app.operator());
        any.put("If-Match", "*");
        app.call("PATCH", one, Map.of("description", "The chat"), any).is(200);
        TestApp.Answer refused = app.call(
                        "PATCH", one, "{\"url\":null,\"events\":null,\"enabled\":null,\"description\":null}", any)
                .is(422);
        assertThat(refused.json().path("errors").findValuesAsString("pointer"))
                .containsExactly("/url", "/events", "/enabled");
        assertThat(get(one).path("description").asString()).isEqualTo("The chat");
        assertThat(app.call("PATCH", one, "{\"description\":null}", any).text("/description"))
                .isEmpty();
        assertThat(get(one).path("events").size()).isEqualTo(1);
    }

    @Test
    void aMisspeltEventAndAForbiddenAddressAreRefused() {
        TestApp.Answer refused = app.call(
                        "POST",
                        "/api/v1/webhooks",
                        Map.of("url", receiver.url(), "events", List.of("finding.openned")),
                        app.operator())
                .is(422);
        assertThat(refused.body()).contains("did you mean 'finding.opened'?");
        TestApp.Answer address = app.call(
                        "POST",
                        "/api/v1/webhooks",
                        Map.of("url", "https://169.254.169.254/latest", "events", List.of("asset.*")),
                        app.operator())
                .is(422);
        assertThat(address.text("/errors/0/pointer")).isEqualTo("/url");
    }

    private JsonNode add(List<String> events) {
        return post("/api/v1/webhooks", Map.of("url", receiver.url(), "description", "Chat", "events", events));
    }

    private static String ref(String name) {
        return name + "-" + round;
    }

    private void asset(String name) {
        Map<String, Object> asset =
                Map.of("ref", ref(name), "name", "A database", "kind", "service.redis", "owner", "owner@example.org");
        post("/api/v1/assets", asset);
    }

    private JsonNode deliveries(JsonNode webhook) {
        return get("/api/v1/webhooks/" + id(webhook) + "/deliveries");
    }

    private static String id(JsonNode thing) {
        return thing.path("id").asString();
    }

    private static JsonNode get(String path) {
        return app.call("GET", path, null, app.operator()).json();
    }

    private JsonNode post(String path, Object body) {
        TestApp.Answer answer = app.call("POST", path, body, app.operator());
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json();
    }

    private static String hmac(String secret, String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
