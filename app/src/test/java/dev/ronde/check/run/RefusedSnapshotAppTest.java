package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
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

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start() {
        estate = CheckedEstate.start(CLOCK, Map.of());
    }

    private static void add(String ref) {
        estate.asset(ref, "cloud.azure.nsg");
        estate.settle();
    }

    private static TestApp.Answer push(String ref, String json, String... headers) {
        CLOCK.advance(Duration.ofMinutes(10));
        String path = "/api/v1/assets/" + ref + "/snapshots/azure.nsg.v1";
        TestApp.Answer answer = estate.call("PUT", path, json.replace('\'', '"'), headers);
        estate.settle();
        return answer;
    }

    private static TestApp.Answer pushBy(String token, String ref, String json) {
        return push(ref, json, "Authorization", "Bearer " + token);
    }

    private static int pushed(String ref, String json, String... headers) {
        return push(ref, json, headers).status();
    }

    private static String ago(Duration time) {
        return CLOCK.instant().minus(time).toString();
    }

    private static JsonNode run(String ref) {
        return estate.run(ref, CHECK);
    }

    private static String outcome(String ref) {
        return run(ref).path("outcome").asString();
    }

    private static JsonNode refused(String ref) {
        return estate.get("/api/v1/assets/" + ref + "/snapshots").path("refused");
    }

    private static List<String> gaps(String ref) {
        return estate.items("/api/v1/coverage/gaps?asset=" + ref + "&gap=lasting_error").stream()
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
        assertThat(estate.text("/api/v1/assets/stale/snapshots/azure.nsg.v1", "/refused/code"))
                .isEqualTo("wrong_type");
        assertThat(estate.app.get("/assets/stale").body())
                .contains("was refused: a value has another type", "No check on it passes until")
                .doesNotContain("SECRET-77");
        assertThat(estate.app.get("/api/v1/assets/stale/timeline").body())
                .contains("snapshot.refused", "was refused: a value has another type")
                .doesNotContain("SECRET-77");

        assertThat(pushed("stale", "no JSON")).isEqualTo(400);
        assertThat(refused("stale").at("/0/times").asInt()).isEqualTo(2);
        assertThat(refused("stale").at("/0/code").asString()).isEqualTo("bad_json");

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
        assertThat(refused("open").at("/0/code").asString()).isEqualTo("wrong_type");
    }

    @Test
    void theFirstConfigurationMayBeTheRefusedOne() {
        add("first");
        assertThat(pushed("first", UNREADABLE)).isEqualTo(422);
        assertThat(run("first").path("reason").asString()).isEqualTo("snapshot-refused");
        assertThat(estate.app.get("/assets/first").body()).contains("was refused: a value has another type");
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
        String agent = estate.token("agent", "mine");
        String auditor = estate.token("auditor");
        String tooLarge = "{'name':'" + "x".repeat(6 << 20) + "'}";
        pushBy(agent, "theirs", UNREADABLE).is(404);
        pushBy(agent, "theirs", tooLarge).is(404);
        pushBy(auditor, "theirs", UNREADABLE).is(403);
        pushBy("ronde_nobody", "theirs", UNREADABLE).is(401);
        assertThat(refused("theirs").isEmpty()).isTrue();
        assertThat(outcome("theirs")).isEqualTo("pass");

        pushBy(agent, "mine", tooLarge).is(413);
        assertThat(refused("mine").at("/0/code").asString()).isEqualTo("too_large");
        assertThat(refused("mine").at("/0/by").asString()).isEqualTo("the agent");
        assertThat(estate.app.get("/assets/mine").body()).contains("pushed by the agent");
    }

    /** A body in chunks names no length; what takes it in stops at the limit of every request, and it is too large all the same. */
    @Test
    void aBodyInChunksThatNeverEndsIsTooLarge() throws IOException, InterruptedException {
        add("chunks");
        assertThat(pushed("chunks", CLOSED)).isEqualTo(201);
        CLOCK.advance(Duration.ofMinutes(10));
        byte[] long31 = new byte[31_000_000];
        HttpRequest request = HttpRequest.newBuilder(
                        estate.app.address().resolve("/api/v1/assets/chunks/snapshots/azure.nsg.v1"))
                .header("Authorization", "Bearer " + estate.app.app().token())
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(long31)))
                .build();
        HttpResponse<String> answer = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("too_large");
        estate.settle();
        assertThat(refused("chunks").at("/0/code").asString()).isEqualTo("too_large");
        assertThat(outcome("chunks")).isEqualTo("error");
    }
}
