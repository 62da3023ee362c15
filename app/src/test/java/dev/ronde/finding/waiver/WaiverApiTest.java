package dev.ronde.finding.waiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.VerifiedBundle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A waiver from the outside: asked for by one, approved by another, seen on the finding, the run and the coverage. */
final class WaiverApiTest {
    private static final TestClock CLOCK = TestClock.at("2026-11-25T09:00:00Z");
    private static final String CHECK = "host-disk-encryption";

    @AutoClose
    private static CheckedEstate estate;

    private static TestApp app;
    private static String lead;
    private static String auditor;

    @BeforeAll
    static void start() {
        estate = CheckedEstate.start(CLOCK, Map.of());
        app = estate.app;
        for (String ref : List.of("host-1", "host-2", "host-3", "host-4", "host-5")) {
            estate.asset(ref, "host.server");
        }
        estate.settle();
        for (String ref : List.of("host-1", "host-2", "host-4", "host-5")) {
            estate.pushed(ref, "host.v1", CheckedEstate.PLAIN_HOST);
        }
        lead = app.tokenOfPerson("the compliance", "compliance");
        auditor = estate.token("auditor");
    }

    private static TestApp.Answer call(
            String token, String method, String path, Object body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + token);
        all.put("Content-Type", "application/json");
        return app.call(method, path, body instanceof String text ? text : Json.write(body), all);
    }

    private static JsonNode finding() {
        return estate.get("/api/v1/findings/" + estate.finding("host-1", CHECK));
    }

    private static String waiversOf(String asset) {
        return "/api/v1/findings/" + estate.finding(asset, CHECK) + "/waivers";
    }

    private static String said(String asset) {
        return estate.page("/findings/" + estate.finding(asset, CHECK));
    }

    private static JsonNode run() {
        return estate.run("host-1", CHECK);
    }

    @Test
    void isAskedForApprovedSeenAndTakenBack() {
        String root = waiversOf("host-1");
        Map<String, Object> draft =
                Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", "2026-12-20");
        call(auditor, "POST", root, draft, Map.of()).is(403);
        TestApp.Answer refused = call(lead, "POST", root, Map.of("until", "2031-01-01"), Map.of())
                .is(422);
        assertThat(refused.json().path("errors").toString()).contains("/reason", "/category", "/until", "90 days");

        TestApp.Answer asked = call(lead, "POST", root, draft, Map.of()).is(201);
        String waiver = "/api/v1/waivers/" + asked.text("/ref");
        assertThat(asked.header("Location")).isEqualTo(waiver);
        assertThat(asked.text("/state")).isEqualTo("requested");
        assertThat(asked.text("/requested_by")).isEqualTo("the compliance");
        assertThat(finding().path("waived").asBoolean(true)).isFalse();
        assertThat(said("host-1")).contains("waits for a decision");
        String stranger = app.tokenOfPerson("another owner", "owner");
        for (String path : List.of(waiver, waiver.replace("/api/v1", ""))) {
            call(lead, "GET", path, "", Map.of()).is(200);
            call(stranger, "GET", path, "", Map.of()).is(404);
        }
        assertThat(call(stranger, "GET", "/api/v1/waivers", "", Map.of())
                        .json()
                        .at("/total/count")
                        .asInt(-1))
                .isZero();

        call(lead, "POST", waiver + "/approve", "", Map.of()).is(403);
        TestApp.Answer approved = app.post(waiver + "/approve", Map.of());
        assertThat(approved.text("/state")).as(approved.body()).isEqualTo("active");
        assertThat(finding().path("waived").asBoolean(false)).isTrue();
        assertThat(finding().path("state").asString()).isEqualTo("open");
        assertThat(run().path("waived").asBoolean(false)).isTrue();
        assertThat(run().path("outcome").asString()).isEqualTo("fail");
        assertThat(estate.get("/api/v1/waivers?open=true&asset=host-1")
                        .at("/total/count")
                        .asInt())
                .isEqualTo(1);

        call(lead, "DELETE", waiver, "", Map.of()).is(428);
        call(lead, "DELETE", waiver, "", Map.of("If-Match", "\"1\"")).is(412);
        assertThat(call(lead, "DELETE", waiver, "", Map.of("If-Match", approved.header("ETag")))
                        .text("/state"))
                .isEqualTo("revoked");
        assertThat(run().path("waived").asBoolean(true)).isFalse();
        assertThat(said("host-1")).contains("was taken back");
        app.get("/api/v1/waivers/W-1").is(404);
        app.get("/api/v1/waivers/all").is(404);
    }

    @Test
    void nobodyIsOfferedToApproveWhoWouldBeRefused() {
        String root = waiversOf("host-5");
        Map<String, Object> draft =
                Map.of("category", "accepted-risk", "reason", "A lab machine.", "until", "2026-12-20");
        for (int renewal = 0; renewal <= 3; renewal++) {
            String waiver = app.post(root, draft).text("/ref");
            String page = call(lead, "GET", "/waivers/" + waiver, "", Map.of()).body();
            assertThat(page).contains("/waivers/" + waiver + "/deny");
            if (renewal < 3) {
                assertThat(page).contains("/waivers/" + waiver + "/approve");
                call(lead, "POST", "/api/v1/waivers/" + waiver + "/approve", "", Map.of());
            } else {
                assertThat(page)
                        .doesNotContain("/waivers/" + waiver + "/approve")
                        .contains("only an administrator approves");
            }
        }
    }

    @Test
    void theFormSaysHowADateIsWritten() {
        TestApp.Answer refused = app.call(
                        "POST",
                        "/findings/" + estate.finding("host-2", CHECK) + "/waiver",
                        "category=accepted-risk&reason=A+lab+machine.&until=31.12.2026",
                        TestApp.bearer(lead, "Content-Type", "application/x-www-form-urlencoded"))
                .is(422);
        assertThat(refused.body()).contains("2026-12-31: year, month, day").doesNotContain("This is missing");
    }

    private static Map<String, Object> entry(String asset, String until) {
        return Map.of(
                "check",
                "host-disk-encryption",
                "assets",
                List.of(asset),
                "category",
                "accepted-risk",
                "reason",
                "A lab machine.",
                "until",
                until);
    }

    private static TestApp.Answer apply(String token, boolean dryRun, List<Map<String, Object>> entries) {
        String path = "/api/v1/waivers/apply" + (dryRun ? "?dry_run=true" : "");
        return call(token, "POST", path, Map.of("waivers", entries), Map.of());
    }

    private static long waivers(String asset) {
        return estate.get("/api/v1/waivers?asset=" + asset).at("/total/count").asLong();
    }

    @Test
    void aListAsksForWhatNobodyAskedForYetAndForAllOrNothing() {
        List<Map<String, Object>> wanted = List.of(entry("host-2", "2026-12-20"));
        TestApp.Answer trial = apply(lead, true, wanted).is(200);
        assertThat(trial.text("/items/0/change")).isEqualTo("requested");
        assertThat(trial.json().at("/items/0/waiver").isNull()).isTrue();
        assertThat(waivers("host-2")).isZero();
        apply(auditor, true, wanted).is(403);

        Map<String, Object> wrong = new HashMap<>(entry("host-2", "2026-13-01"));
        wrong.put("approved_by", "somebody");
        wrong.put("severity", "low");
        assertThat(pointers(400, apply(lead, false, List.of(entry("host-2", "2026-12-20"), wrong))))
                .as("one field is unknown, and all that is wrong is named")
                .containsExactlyInAnyOrder(
                        "/waivers/1/approved_by not_stated",
                        "/waivers/1/severity unknown_field",
                        "/waivers/1/until bad_value",
                        "/waivers/1/assets/0 twice");
        Map<String, Object> many = new HashMap<>(entry("nobody", "2026-12-20"));
        many.put("category", "hope");
        many.put("reason", "");
        assertThat(pointers(apply(lead, false, List.of(Map.of("until", "soon")))))
                .containsExactlyInAnyOrder(
                        "/waivers/0/check required", "/waivers/0/assets required", "/waivers/0/until bad_value");
        assertThat(pointers(apply(lead, false, List.of(many, entry("host-3", "2020-01-01")))))
                .containsExactly("/waivers/0/assets/0 unknown_asset", "/waivers/1/assets/0 nothing_fails");
        many.put("assets", List.of("host-2"));
        assertThat(pointers(apply(lead, false, List.of(many))))
                .containsExactlyInAnyOrder("/waivers/0/reason required", "/waivers/0/category unknown_category");
        assertThat(pointers(call(lead, "POST", "/api/v1/waivers/apply", Map.of("waivers", "x"), Map.of())))
                .containsExactly("/waivers not_a_list");
        Map<String, Object> other = new HashMap<>(entry("host-2", "2026-12-20"));
        other.put("bound_to", "sha256:00");
        assertThat(pointers(apply(
                        lead, false, List.of(other, entry("host-3", "2026-12-20"), entry("nobody", "2026-12-20")))))
                .containsExactlyInAnyOrder(
                        "/waivers/0/bound_to facts_changed",
                        "/waivers/1/assets/0 nothing_fails",
                        "/waivers/2/assets/0 unknown_asset");
        assertThat(pointers(apply(lead, false, List.of(entry("host-2", "2030-01-01")))))
                .containsExactly("/waivers/0/until too_long");
        Map<String, Object> misspelt = new HashMap<>(entry("host-2", "2026-12-20"));
        misspelt.put("check", "host-disk-encrypton");
        TestApp.Answer unknown = apply(lead, false, List.of(misspelt));
        assertThat(pointers(unknown)).containsExactly("/waivers/0/check unknown_check");
        assertThat(unknown.body()).contains("no check host-disk-encrypton", "host-disk-encryption");
        assertThat(waivers("host-2")).as("all or nothing").isZero();

        JsonNode asked = apply(lead, false, wanted).json().at("/items/0");
        assertThat(asked.at("/change").asString()).isEqualTo("requested");
        assertThat(asked.at("/waiver/state").asString()).isEqualTo("requested");
        assertThat(pointers(apply(lead, false, List.of(entry("host-2", "2026-12-21")))))
                .as("one request at a time")
                .containsExactly("/waivers/0/assets/0 waiver_requested");
        String waiver = asked.at("/waiver/ref").asString();
        app.post("/api/v1/waivers/" + waiver + "/approve", Map.of());
        JsonNode again = apply(lead, false, wanted).json().at("/items/0");
        assertThat(again.at("/change").asString()).isEqualTo("unchanged");
        assertThat(again.at("/waiver/state").asString()).isEqualTo("active");
        assertThat(waivers("host-2")).isEqualTo(1);

        estate.pushed("host-2", "host.v1", CheckedEstate.PLAIN_HOST);
        assertThat(expectedVsActual().stream().filter(line -> line.matches("host-2,host-disk-encryption,.*,fail,.*")))
                .as("the first failure was under no waiver, the second is")
                .hasSize(2)
                .satisfiesOnlyOnce(line -> assertThat(line).contains("," + waiver + ","));

        String page = "/findings/" + estate.finding("host-2", CHECK);
        assertThat(app.get(page).body()).contains(waiver, "accepted until");
        JsonNode renewal = apply(lead, false, List.of(entry("host-2", "2026-12-22")))
                .json()
                .at("/items/0/waiver");
        app.post("/api/v1/waivers/" + renewal.path("ref").asString() + "/approve", Map.of());
        assertThat(app.get(page).body()).contains("renewal 1, of <a href=\"/waivers/" + waiver);
        assertThat(app.get("/assets/host-2").body()).contains("renewal 1, of <a href=\"/waivers/" + waiver);
    }

    private static List<String> expectedVsActual() {
        return VerifiedBundle.export(app, Map.of("from", "2026-11-01", "to", "2026-11-30"))
                .table("expected_vs_actual.csv")
                .lines()
                .toList();
    }

    private static List<String> pointers(TestApp.Answer refused) {
        return pointers(422, refused);
    }

    private static List<String> pointers(int status, TestApp.Answer refused) {
        refused.is(status);
        return refused.json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asString() + " "
                        + error.path("code").asString())
                .toList();
    }
}
