package dev.ronde.review.planning;

import static dev.ronde.review.ReviewServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.Sql;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The end of a plan, from outside: what it takes back, what stays to be answered, and that nothing comes after it. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
class RetirementTest {

    private static final String RETIRE = "/api/v1/plans/quarterly/retire";
    private static final String WHY = "{\"reason\":\"The caches move to another team.\"}";

    @AutoClose
    private final ReviewServer server;

    RetirementTest(DatabaseKind kind) {
        server = new ReviewServer(kind);
    }

    @BeforeEach
    void twoAssetsWithAnOpenReviewEach() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                web-01,Web 1,service.redis,alice@corp.example,high
                web-02,Web 2,service.redis,bob@corp.example,high
                """);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        server.base.at("2026-03-14T08:00:00Z");
        server.sweep();
    }

    @Test
    void thePreviewTellsTheNumbersAndLeavesEverything() {
        JsonNode open = json(200, server.post(RETIRE + "?dry_run=true", "{}"));
        assertThat(open.get("effect")).isEqualTo(Json.tree("""
                        {"change":"retired","open":"finish","assets":2,"cancelled":10,"withdrawn":0,"left_open":2,"overdue":2}"""));
        assertThat(open.get("retired_at").isNull()).isTrue();
        JsonNode all = json(200, server.post(RETIRE + "?dry_run=true", "{\"open\":\"withdraw\"}"));
        assertThat(all.get("effect").get("withdrawn").asInt()).isEqualTo(2);
        assertThat(all.get("effect").get("left_open").asInt()).isZero();
        assertThat(states()).containsOnly("open", "scheduled");
        assertThat(records()).doesNotContain("plan.retired");
        assertThat(server.get("/plans/quarterly/retire").body())
                .contains("2 overdue", "Leave them open until they are answered", "<dd>10</dd>");

        server.base.at("2026-05-20T08:00:00Z");
        JsonNode late =
                json(200, server.post(RETIRE, WHY.replace("}", ",\"open\":\"withdraw\"}"), "If-Match", "\"1\""));
        assertThat(late.get("effect").get("withdrawn").asInt()).isZero();
        server.sweep();
        assertThat(states())
                .as("a window that had closed stays missed, though nobody had swept yet")
                .containsOnly("missed", "cancelled");
    }

    /** It opens again where the second person refuses, and is asked for as long. */
    @Test
    void whatWaitsForASecondPersonIsLeftOpen() {
        server.importAssets("""
                ref,name,kind,owner_email,criticality
                web-03,Web 3,service.redis,alice@corp.example,low
                web-04,Web 4,service.redis,bob@corp.example,low
                """);
        json(
                201,
                server.post(
                        "/api/v1/plans",
                        TestReviews.QUARTERLY
                                        .replace("id: quarterly", "id: twofold")
                                        .replace("[high, critical]", "[low]")
                                        .replace("2026-03-12", "2026-03-20")
                                + "approval: {default: second_person}\n"));
        server.sweep();
        String ref = server.first("web-03");
        json(200, server.post("/api/v1/reviews/" + ref + "/attest", "{\"outcome\":\"no_change\"}"));
        JsonNode effect = json(200, server.post("/api/v1/plans/twofold/retire?dry_run=true", "{\"open\":\"withdraw\"}"))
                .get("effect");
        assertThat(effect.get("withdrawn").asInt()).isEqualTo(1);
        assertThat(effect.get("left_open").asInt()).isEqualTo(1);
    }

    @Test
    void whatIsOpenStaysToBeAnsweredAndNothingComesAfterIt() {
        String open = server.first("web-01");
        JsonNode retired = json(200, server.post(RETIRE, WHY, "If-Match", "\"1\""));
        assertThat(Instant.parse(retired.get("retired_at").asString())).isEqualTo(server.base.clock.instant());
        assertThat(retired.get("retire_reason").asString()).isEqualTo("The caches move to another team.");
        assertThat(retired.get("assets").asInt()).isZero();
        assertThat(retired.get("next_dates")).isEmpty();
        assertThat(retired.get("effect").get("cancelled").asInt()).isEqualTo(10);
        assertThat(retired.get("effect").get("left_open").asInt()).isEqualTo(2);
        assertThat(records()).containsOnlyOnce("plan.retired");
        assertThat(states()).containsOnly("open", "cancelled");

        json(200, server.post("/api/v1/reviews/" + open + "/attest", "{\"outcome\":\"no_change\"}"));
        server.importAssets(
                "ref,name,kind,owner_email,criticality\nweb-03,Web 3,service.redis,bob@corp.example,high\n");
        server.base.at("2026-06-20T08:00:00Z");
        server.sweep();
        assertThat(states()).as("the other one was missed").containsOnly("attested", "missed", "cancelled");
        assertThat(json(200, server.get("/api/v1/reviews?asset=web-03")).get("items"))
                .isEmpty();
        server.base.at("2027-09-01T08:00:00Z");
        server.sweep();
        assertThat(states()).containsOnly("attested", "missed", "cancelled");
    }

    @Test
    void aRetiredPlanIsNotChangedAndNotRetiredTwice() {
        json(428, server.post(RETIRE, WHY));
        json(412, server.post(RETIRE, WHY, "If-Match", "\"7\""));
        json(422, server.post(RETIRE, "{}", "If-Match", "\"1\""));
        json(422, server.post(RETIRE, WHY.replace("}", ",\"open\":\"later\"}"), "If-Match", "\"1\""));
        json(404, server.post(RETIRE.replace("quarterly", "nothing"), WHY, "If-Match", "*"));
        json(200, server.post(RETIRE, WHY, "If-Match", "\"1\""));

        JsonNode again = json(200, server.post(RETIRE, "{\"reason\":\"Once more.\"}", "If-Match", "\"1\""));
        assertThat(again.get("effect").get("change").asString()).isEqualTo("unchanged");
        assertThat(again.get("retire_reason").asString()).isEqualTo("The caches move to another team.");
        assertThat(records()).containsOnlyOnce("plan.retired");

        for (HttpResponse<String> refused : List.of(
                server.put(
                        "/api/v1/plans/quarterly",
                        TestReviews.QUARTERLY,
                        "If-Match",
                        "\"1\"",
                        "Content-Type",
                        "application/yaml"),
                server.post("/api/v1/plans", TestReviews.QUARTERLY, "Content-Type", "application/yaml"),
                server.post(
                        "/api/v1/plans/quarterly/preview", TestReviews.QUARTERLY, "Content-Type", "application/yaml"),
                server.post("/api/v1/plans/quarterly/announce", ""),
                server.post("/api/v1/forecast/proposal", "{\"plan\":\"quarterly\"}"))) {
            JsonNode problem = json(409, refused);
            assertThat(problem.get("code").asString()).isEqualTo("plan_retired");
            assertThat(problem.get("detail").asString())
                    .contains("was retired on 2026-03-14 (The caches move to another team.)");
        }
        TestReviews.refused(
                409,
                "plan_retired",
                () -> server.room
                        .plans()
                        .apply(TestReviews.plan(TestReviews.QUARTERLY), Actor.SYSTEM, Channel.COMMAND));
        json(409, server.post("/api/v1/reviews", "{\"asset\":\"web-01\",\"reason\":\"A new supplier.\"}"));

        server.base.database.useTransaction(
                tx -> server.assets.retire(tx, server.assets.get(tx, "web-01"), Actor.SYSTEM));
        JsonNode gone = json(200, server.get("/api/v1/reviews/" + server.first("web-01")));
        assertThat(gone.get("cancel_reason").asString())
                .as("what stayed open goes with its asset")
                .isEqualTo("asset_retired");
    }

    @Test
    void thePageRetiresAfterItsPreview() {
        String page = "/plans/quarterly/retire";
        HttpResponse<String> silent = server.asTyped(page, Map.of("v", "1", "open", "finish"));
        assertThat(silent.statusCode()).isEqualTo(422);
        assertThat(silent.body()).contains("Say why the plan ends.");
        HttpResponse<String> old = server.asTyped(page, Map.of("v", "0", "open", "withdraw", "reason", "It is over."));
        assertThat(old.statusCode()).isEqualTo(412);
        assertThat(old.body()).contains("It is over.", "Somebody changed the plan meanwhile");
        assertThat(server.asTyped(page, Map.of("v", "1", "open", "withdraw", "reason", "It is <over>."))
                        .statusCode())
                .isEqualTo(303);
        assertThat(states()).containsOnly("cancelled");
        assertThat(server.get("/plans/quarterly").body())
                .contains("Retired", "It is &lt;over&gt;.")
                .doesNotContain("/plans/quarterly/edit", "/plans/quarterly/retire");
        String review = server.first("web-01");
        assertThat(json(200, server.get("/api/v1/reviews/" + review))
                        .get("cancel_reason")
                        .asString())
                .isEqualTo("plan_retired");
        assertThat(server.get("/reviews/" + review).body()).contains("The plan was retired.", "It is &lt;over&gt;.");
        assertThat(json(200, server.get("/api/v1/forecast"))
                        .at("/everybody/total")
                        .asInt())
                .isZero();
        assertThat(server.get("/plans").body()).contains("Retired");
        assertThat(server.get("/forecast").body()).doesNotContain("Quarterly review");
        assertThat(server.get(page).statusCode()).isEqualTo(409);
        assertThat(server.get("/plans/quarterly/edit").statusCode()).isEqualTo(409);
        server.as(server.base.bob, Role.OWNER);
        assertThat(server.get(page).statusCode()).isEqualTo(403);
    }

    private List<String> states() {
        return json(200, server.get("/api/v1/reviews?limit=500")).get("items").findValuesAsString("state");
    }

    private List<String> records() {
        return Sql.texts(server.base.database, "select rec_type from evidence_record where subject_id = 'quarterly'");
    }
}
