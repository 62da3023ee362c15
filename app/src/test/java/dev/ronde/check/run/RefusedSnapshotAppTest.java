package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A configuration that nobody could read: what was known before it must not pass for what is. */
final class RefusedSnapshotAppTest {
    private static final TestClock CLOCK = new TestClock();
    private static final String CLOSED =
            "{'name':'n','securityRules':[{'name':'web','access':'Allow','direction':'Inbound',"
                    + "'priority':100,'protocol':'Tcp','sourceAddressPrefix':'*','sourcePortRange':'*','destinationAddressPrefix':'*',"
                    + "'destinationPortRange':'443'}]}";
    private static final String OPEN = CLOSED.replace("'443'", "'22'");
    private static final String UNREADABLE = CLOSED.replace("100", "'SECRET-77'");
    private static final String CHECK = "azure-nsg-internet-to-sensitive-ports";
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(CLOCK, Map.of());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static void add(String ref) {
        Map<String, Object> asset = Map.of(
                "ref",
                ref,
                "name",
                ref,
                "kind",
                "cloud.azure.nsg",
                "owner",
                "owner@example.com",
                "criticality",
                "high");
        assertThat(app.post("/api/v1/assets", asset).status()).isEqualTo(201);
        app.settle();
    }

    private static TestApp.Answer push(String ref, String json, String token, String... headers) {
        CLOCK.advance(Duration.ofMinutes(10));
        Map<String, String> all = new HashMap<>();
        all.put("Authorization", "Bearer " + token);
        all.put("Content-Type", "application/json");
        for (int index = 0; index < headers.length; index += 2) {
            all.put(headers[index], headers[index + 1]);
        }
        TestApp.Answer answer =
                app.call("PUT", "/api/v1/assets/" + ref + "/snapshots/azure.nsg.v1", json.replace('\'', '"'), all);
        app.settle();
        return answer;
    }

    private static int pushed(String ref, String json, String... headers) {
        return push(ref, json, app.app().token(), headers).status();
    }

    private static String ago(Duration time) {
        return CLOCK.instant().minus(time).toString();
    }

    private static JsonNode run(String ref) {
        return app.get("/api/v1/check-runs?asset=" + ref + "&check=" + CHECK)
                .json()
                .path("items")
                .path(0);
    }

    private static String outcome(String ref) {
        return run(ref).path("outcome").asString();
    }

    private static JsonNode refused(String ref) {
        return app.get("/api/v1/assets/" + ref + "/snapshots").json().path("refused");
    }

    private static List<String> gaps(String ref) {
        return app.get("/api/v1/coverage/gaps?asset=" + ref + "&gap=lasting_error")
                .json()
                .path("items")
                .valueStream()
                .filter(gap -> gap.path("check").asString("").equals(CHECK))
                .map(gap -> gap.path("reason").asString())
                .toList();
    }

    @Test
    void aRefusedConfigurationEndsThePassOfTheOneBeforeUntilOneIsAccepted() {
        add("stale");
        assertThat(pushed("stale", CLOSED)).isEqualTo(201);
        assertThat(outcome("stale")).isEqualTo("pass");
        assertThat(gaps("stale")).isEmpty();

        assertThat(pushed("stale", UNREADABLE, "Ronde-Collected-At", ago(Duration.ZERO)))
                .isEqualTo(422);
        JsonNode run = run("stale");
        assertThat(run.path("outcome").asString()).isEqualTo("error");
        assertThat(run.path("reason").asString()).isEqualTo("snapshot-refused");
        assertThat(run.path("detail").asString())
                .startsWith("the newer configuration of 2026-")
                .contains(" was refused: a value has another type than it has there (/securityRules/0/priority)")
                .doesNotContain("SECRET-77");
        JsonNode told = refused("stale").path(0);
        assertThat(told.path("source").asString()).isEqualTo("azure.nsg.v1");
        assertThat(told.path("code").asString()).isEqualTo("wrong_type");
        assertThat(told.path("times").asInt()).isEqualTo(1);
        assertThat(gaps("stale")).containsExactly("snapshot-refused");
        assertThat(app.get("/api/v1/assets/stale/snapshots/azure.nsg.v1")
                        .json()
                        .at("/refused/code")
                        .asString())
                .isEqualTo("wrong_type");
        assertThat(app.get("/assets/stale").body())
                .contains("was refused: a value has another type", "No check on it passes until")
                .doesNotContain("SECRET-77");
        assertThat(app.get("/api/v1/assets/stale/timeline").body())
                .contains("snapshot.refused", "was refused: a value has another type")
                .doesNotContain("SECRET-77");

        assertThat(pushed("stale", "no JSON")).isEqualTo(400);
        assertThat(refused("stale").path(0).path("times").asInt()).isEqualTo(2);
        assertThat(refused("stale").path(0).path("code").asString()).isEqualTo("bad_json");

        assertThat(pushed("stale", CLOSED)).as("the very same again").isEqualTo(200);
        assertThat(outcome("stale")).isEqualTo("pass");
        assertThat(refused("stale").isEmpty()).isTrue();
        assertThat(gaps("stale")).isEmpty();
    }

    @Test
    void whatIsOlderThanTheRefusedOneDoesNotEndIt() {
        add("older");
        assertThat(pushed("older", CLOSED, "Ronde-Collected-At", ago(Duration.ofHours(1))))
                .isEqualTo(201);
        assertThat(pushed("older", UNREADABLE, "Ronde-Collected-At", ago(Duration.ZERO)))
                .isEqualTo(422);
        assertThat(pushed("older", CLOSED, "Ronde-Collected-At", ago(Duration.ofMinutes(30))))
                .isEqualTo(200);
        assertThat(outcome("older")).isEqualTo("error");
        assertThat(pushed("older", CLOSED, "Ronde-Collected-At", ago(Duration.ZERO)))
                .isEqualTo(200);
        assertThat(outcome("older")).isEqualTo("pass");
    }

    @Test
    void aHoleStaysOneWhileTheNewestCannotBeRead() {
        add("open");
        assertThat(pushed("open", OPEN)).isEqualTo(201);
        assertThat(pushed("open", UNREADABLE)).isEqualTo(422);
        assertThat(outcome("open")).isEqualTo("fail");
        assertThat(refused("open").path(0).path("code").asString()).isEqualTo("wrong_type");
    }

    @Test
    void theFirstConfigurationMayBeTheRefusedOne() {
        add("first");
        assertThat(pushed("first", UNREADABLE)).isEqualTo(422);
        assertThat(run("first").path("reason").asString()).isEqualTo("snapshot-refused");
        assertThat(app.get("/assets/first").body()).contains("was refused: a value has another type");
    }

    @Test
    void whatSaysNothingOfTheNewestConfigurationChangesNothing() {
        add("kept");
        assertThat(pushed("kept", CLOSED, "Ronde-Sequence", "7", "Ronde-Collected-At", ago(Duration.ZERO)))
                .isEqualTo(201);
        assertThat(pushed("kept", CLOSED, "Ronde-Collected-At", ago(Duration.ofDays(1))))
                .isEqualTo(409);
        assertThat(pushed("kept", UNREADABLE, "Ronde-Collected-At", ago(Duration.ofDays(1))))
                .isEqualTo(422);
        assertThat(pushed("kept", UNREADABLE, "Ronde-Sequence", "7")).isEqualTo(422);
        assertThat(pushed("kept", CLOSED, "Ronde-Collected-At", ago(Duration.ofDays(-1))))
                .isEqualTo(422);
        assertThat(pushed("kept", CLOSED, "Ronde-Sequence", "many")).isEqualTo(400);
        assertThat(refused("kept").isEmpty()).isTrue();
        assertThat(outcome("kept")).isEqualTo("pass");
    }

    @Test
    void aRefusalCountsForWhoMayPushForTheAssetOnly() {
        add("mine");
        add("theirs");
        assertThat(pushed("theirs", CLOSED)).isEqualTo(201);
        String agent = token("agent", List.of("mine"));
        String auditor = token("auditor", List.of());
        String tooLarge = "{'name':'" + "x".repeat(6 << 20) + "'}";
        assertThat(push("theirs", UNREADABLE, agent).status()).isEqualTo(404);
        assertThat(push("theirs", tooLarge, agent).status()).isEqualTo(404);
        assertThat(push("theirs", UNREADABLE, auditor).status()).isEqualTo(403);
        assertThat(push("theirs", UNREADABLE, "ronde_nobody").status()).isEqualTo(401);
        assertThat(refused("theirs").isEmpty()).isTrue();
        assertThat(outcome("theirs")).isEqualTo("pass");

        assertThat(push("mine", tooLarge, agent).status()).isEqualTo(413);
        assertThat(refused("mine").path(0).path("code").asString()).isEqualTo("too_large");
        assertThat(refused("mine").path(0).path("by").asString()).isEqualTo("robot agent");
        assertThat(app.get("/assets/mine").body()).contains("pushed by robot agent");
    }

    /** A body in chunks names no length; what takes it in stops at the limit of every request, and it is too large all the same. */
    @Test
    void aBodyInChunksThatNeverEndsIsTooLarge() throws IOException, InterruptedException {
        add("chunks");
        assertThat(pushed("chunks", CLOSED)).isEqualTo(201);
        CLOCK.advance(Duration.ofMinutes(10));
        byte[] long31 = new byte[31_000_000];
        HttpRequest request = HttpRequest.newBuilder(
                        app.address().resolve("/api/v1/assets/chunks/snapshots/azure.nsg.v1"))
                .header("Authorization", "Bearer " + app.app().token())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(long31)))
                .build();
        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("too_large");
        app.settle();
        assertThat(refused("chunks").path(0).path("code").asString()).isEqualTo("too_large");
        assertThat(outcome("chunks")).isEqualTo("error");
    }

    private static String token(String role, List<String> assets) {
        Map<String, Object> wanted = new HashMap<>(Map.of("name", "robot " + role, "role", role));
        if (!assets.isEmpty()) {
            wanted.put("assets", assets);
        }
        TestApp.Answer answer = app.post("/api/v1/tokens", wanted);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().path("token").asString();
    }
}
