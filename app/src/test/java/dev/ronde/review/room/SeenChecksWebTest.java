package dev.ronde.review.room;

import static dev.ronde.review.ReviewServer.json;
import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.Role;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.review.estate.CheckState;
import dev.ronde.testing.DatabaseKind;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An attestation is of the results that were shown, on the page and by a program. */
class SeenChecksWebTest {

    @AutoClose
    private final ReviewServer server = new ReviewServer(DatabaseKind.H2);

    private String form;

    @BeforeEach
    void openReview() {
        server.importAssets(
                "ref,name,kind,owner_email,criticality\nweb-01,Web one,service.redis,alice@corp.example,high\n");
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        form = "/reviews/" + server.first("web-01") + "/attest";
        server.as(server.base.alice, Role.OWNER);
    }

    @Test
    void aCheckThatTurnedAfterItWasShownIsShownFirst() {
        Map<String, String> seen = new HashMap<>(server.carried(form));
        seen.put("outcome", "no_change");
        seen.put("note", "my words");
        turns("fail", "r2", "e2");
        HttpResponse<String> refused = server.asTyped(form, seen);
        status(409, refused);
        assertThat(refused.body())
                .contains("These checks turned after you looked: Title of redis-anonymous", "my words", "value=\"r2\"");
        assertThat(server.in("fr").asTyped(form, seen).body()).contains("Ces contrôles ont changé", "my words");
        HttpResponse<String> asked = server.in("en").form(form, Map.of("outcome", "no_change"));
        status(422, asked);
        assertThat(asked.body()).contains("These checks fail: Title of redis-anonymous");
        assertThat(server.in("fr").form(form, Map.of("outcome", "no_change")).body())
                .contains("Ces contrôles échouent");
        status(303, server.in("en").form(form, Map.of("outcome", "no_change", "note", "known")));
        assertThat(shown()).contains("\"e2\"").doesNotContain("\"e1\"");
    }

    @Test
    void whatIsLeftOutOfOneSignatureIsSaidInTheLanguageOfItsReader() {
        turns("fail", "r2", "e2");
        String ref = form.split("/")[2];
        Map<String, String> picked = Map.of("pick." + ref, "none", "seen." + ref, "r1");
        assertThat(server.in("fr").asTyped("/reviews/unchanged", picked).body())
                .contains(ref + "</a>", "Ces contrôles ne réussissent pas : Title of redis-anonymous")
                .doesNotContain("is not unchanged");
        assertThat(server.in("en").asTyped("/reviews/unchanged", picked).body())
                .contains("These checks do not pass: Title of redis-anonymous");
        server.as(server.base.bob, Role.OWNER);
        assertThat(server.in("fr").asTyped("/reviews/unchanged", picked).body())
                .doesNotContain("There is no", "It is with");
    }

    @Test
    void aBetterResultBarsNothingAndTheRecordNamesWhatWasSeen() {
        turns("error", "r0", "e0");
        Map<String, String> seen = new HashMap<>(server.carried(form));
        seen.put("outcome", "no_change");
        turns("pass", "r2", "e2");
        status(303, server.asTyped(form, seen));
        assertThat(shown()).contains("\"e0\"").doesNotContain("\"e2\"");
    }

    @Test
    void aFormThatDoesNotSayWhatItShowedActsOnNothing() {
        status(422, server.asTyped(form, Map.of("outcome", "no_change")));
        Map<String, String> half = new HashMap<>(server.carried(form));
        half.remove("seen");
        half.put("outcome", "no_change");
        HttpResponse<String> refused = server.asTyped(form, half);
        status(422, refused);
        assertThat(refused.body()).contains("does not say what it showed").doesNotContain("Somebody changed");
    }

    @Test
    void aProgramThatSaysWhatItSawIsHeldToIt() {
        String api = "/api/v1" + form;
        String seen =
                json(200, server.get(api.replace("/attest", ""))).get("seen").asString();
        turns("fail", "r2", "e2");
        JsonNode refused = json(409, server.post(api, "{\"outcome\":\"no_change\",\"seen\":\"" + seen + "\"}"));
        assertThat(refused.get("code").asString()).isEqualTo("checks_changed");
        assertThat(refused.at("/checks/0/outcome").asString()).isEqualTo("fail");
        json(422, server.post(api, "{\"outcome\":\"no_change\",\"seen\":\"r7\"}"));
        String now = refused.get("seen").asString();
        JsonNode attested = json(200, server.post(api, "{\"outcome\":\"no_change\",\"seen\":\"" + now + "\"}"));
        assertThat(attested.at("/attestation/failing/0").asString())
                .as("a failing check does not block a program, and the answer names it")
                .isEqualTo("redis-anonymous");
    }

    @Test
    void aProgramThatLeavesAResultOutHasNotSeenIt() {
        server.checks.add(new CheckState("redis-tls", "fail", false, "high", "r3", "e3"));
        String api = "/api/v1" + form;
        for (String part : new String[] {"r1", "none"}) {
            JsonNode refused = json(409, server.post(api, "{\"outcome\":\"no_change\",\"seen\":\"" + part + "\"}"));
            assertThat(refused.get("code").asString()).isEqualTo("checks_missing");
            assertThat(refused.get("detail").asString()).contains("redis-tls");
            assertThat(refused.get("seen").asString()).isEqualTo("r1,r3");
        }
        json(200, server.post(api, "{\"outcome\":\"no_change\",\"seen\":\"r1,r3\"}"));
    }

    /** Nobody here sees what changed: whoever says that something did says what. */
    @Test
    void withoutAConfigurationAChangeIsAcceptedWithANote() {
        JsonNode refused = json(422, server.post("/api/v1" + form, "{\"outcome\":\"changed_and_accepted\"}"));
        assertThat(refused.at("/errors/0/pointer").asString()).isEqualTo("/note");
        assertThat(server.get(form.replace("/attest", "")).body()).contains("my note says what");
        assertThat(server.form(form, Map.of("outcome", "changed_and_accepted")).body())
                .contains("say in the note what changed");
        status(303, server.form(form, Map.of("outcome", "changed_and_accepted", "note", "New image")));
        assertThat(shown()).contains("\"changed_and_accepted\"");
    }

    @Test
    void nobodyOpensOrMissesAReviewButTheCalendar() {
        server.base.at("2026-05-30T08:00:00Z");
        server.sweep();
        String missed = form.replace("/attest", "");
        assertThat(server.get(missed).body()).contains("Missed · by the calendar");
        assertThat(server.in("fr").get(missed).body()).contains("Manquée · par le calendrier");
        assertThat(server.in("en").get("/reviews/REV-1002").body()).contains("Opened · by the calendar");
    }

    private void turns(String outcome, String run, String record) {
        server.past.addAll(server.checks);
        server.checks.clear();
        server.checks.add(new CheckState("redis-anonymous", outcome, false, "critical", run, record));
    }

    /** What the record says was shown. */
    private String shown() {
        return server.base.database.read(
                handle -> handle.createQuery("select payload from evidence_record where rec_type = 'review.attested'")
                        .map((row, context) -> new String(row.getBytes(1), java.nio.charset.StandardCharsets.UTF_8))
                        .one());
    }
}
