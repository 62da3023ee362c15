package dev.ronde.review.room;

import static dev.ronde.review.ReviewServer.json;
import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.evidence.population.ReviewColumn;
import dev.ronde.platform.http.Role;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@OnOneDatabase
class ReviewWebTest {

    private static final String ASSETS = """
            ref,name,kind,owner_email,criticality
            web-01,Web one,service.redis,alice@corp.example,high
            web-02,"<b>Two</b> =1+1",service.redis,bob@corp.example,critical
            """;

    @AutoClose
    private final ReviewServer server;

    ReviewWebTest(DatabaseKind kind) {
        server = new ReviewServer(kind);
    }

    @Test
    void fromAnImportAndAPlanToAnAttestedReview() {
        server.importAssets(ASSETS);
        JsonNode plan = json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        assertThat(plan.get("effect").get("opened").asInt()).isEqualTo(2);
        assertThat(plan.get("next_dates").get(1).asString()).isEqualTo("2026-06-12");
        JsonNode open = json(200, server.get("/api/v1/reviews?state=open&owner=alice@corp.example"));
        assertThat(open.get("total").get("count").asInt()).isEqualTo(1);
        JsonNode review = open.get("items").get(0);
        assertThat(review.get("asset").asString()).isEqualTo("web-01");
        assertThat(review.get("due_on").asString()).isEqualTo("2026-03-12");
        JsonNode expected = json(200, server.get("/api/v1/reviews?state=scheduled&owner=alice@corp.example"));
        assertThat(expected.get("items"))
                .as("until a review opens its owner is the owner of its asset")
                .isNotEmpty()
                .allMatch(one -> one.get("asset").asString().equals("web-01")
                        && one.get("owner").asString().equals("alice@corp.example"));
        String ref = review.get("ref").asString();
        JsonNode problem = json(422, server.post("/api/v1/reviews/" + ref + "/attest", "{}"));
        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo("/outcome");
        JsonNode done = json(
                200, server.post("/api/v1/reviews/" + ref + "/attest", "{\"outcome\":\"no_change\",\"note\":\"ok\"}"));
        assertThat(done.get("state").asString()).isEqualTo("attested");
        assertThat(done.get("attestation").get("channel").asString()).isEqualTo("api");
        assertThat(done.get("attestation").get("assurance").asString()).isEqualTo("token");
        assertThat(done.get("checks").get(0).get("check").asString()).isEqualTo("redis-anonymous");
        assertThat(server.get("/reviews/" + ref).body()).contains("Title of redis-anonymous");
        json(409, server.post("/api/v1/reviews/" + ref + "/attest", "{\"outcome\":\"no_change\"}"));
        assertThat(json(200, server.get("/api/v1/reviews?state=attested")).get("items"))
                .hasSize(1);
        assertThat(json(200, server.get("/api/v1/reviews?overdue=true")).get("items"))
                .isEmpty();
        assertThat(json(400, server.get("/api/v1/reviews?stat=open"))
                        .get("detail")
                        .asString())
                .contains("due_before");
        assertThat(json(400, server.get("/api/v1/reviews?state=done"))
                        .get("detail")
                        .asString())
                .contains("missed");
        json(404, server.get("/api/v1/reviews/REV-1"));
        json(404, server.get("/api/v1/reviews/nonsense"));
    }

    @Test
    void theEvidenceThatAnAnswerNamesIsDemandedAndShown() {
        server.importAssets(ASSETS);
        json(
                201,
                server.post(
                        "/api/v1/plans",
                        TestReviews.QUARTERLY
                                + "checklist:\n  - {id: ports, text: Which ports?, answer: text, evidence: required}\n"
                                + "  - {id: admins, text: \"Are they still right?\"}\n"));
        assertThat(server.get("/plans/quarterly").body()).contains("Which ports?", "· evidence demanded");
        String ref = json(200, server.get("/api/v1/reviews?state=open&asset=web-01"))
                .at("/items/0/ref")
                .asString();
        assertThat(server.get("/reviews/" + ref).body()).contains("the name of a file that you have added");
        json(
                200,
                server.post(
                        "/api/v1/reviews/" + ref + "/attest",
                        "{\"outcome\":\"no_change\",\"answers\":{\"ports\":{\"answer\":\"443\",\"evidence\":\"scan-7.pdf\"}}}"));
        assertThat(server.as(server.base.bob, Role.AUDITOR)
                        .get("/reviews/" + ref)
                        .body())
                .as("with a question that was left open")
                .contains("Evidence:</span> <span class=\"wrap\">scan-7.pdf");
    }

    @Test
    void aGapIsBrokenWhereverItIsShownAfterAMissedSlotWithNothingPerformedBefore() {
        server.importAssets(ASSETS);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        server.base.at("2026-05-30T08:00:00Z");
        server.sweep();
        JsonNode second =
                json(200, server.get("/api/v1/reviews?state=open&asset=web-01")).at("/items/0");
        assertThat(second.get("due_on").asString()).isEqualTo("2026-06-12");
        assertThat(second.get("gap_days").isNull()).isTrue();
        assertThat(second.get("gap_ok").asBoolean(true)).isFalse();
        String ref = second.get("ref").asString();
        assertThat(json(200, server.get("/api/v1/reviews/" + ref)).get("gap_ok").asBoolean(true))
                .isFalse();
        assertThat(server.get("/reviews/" + ref).body()).contains("✕ not held");
        assertThat(server.get("/reviews?state=open").body()).contains("✕ not held");
        String row = server.get("/reviews.csv")
                .body()
                .lines()
                .filter(line -> line.startsWith(ref + ","))
                .findFirst()
                .orElseThrow();
        int column = ReviewColumn.TABLE.names().indexOf("gap_ok");
        assertThat(row.split(",", -1)[column]).isEqualTo("false");
    }

    @Test
    void ownersSeeAndDoWhatIsTheirs() {
        server.importAssets(ASSETS);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        String bobs = json(200, server.get("/api/v1/reviews?state=open&asset=web-02"))
                .get("items")
                .get(0)
                .get("ref")
                .asString();
        server.as(server.base.alice, Role.OWNER);
        assertThat(json(200, server.get("/api/v1/reviews?state=open")).get("items"))
                .hasSize(1);
        json(404, server.get("/api/v1/reviews/" + bobs));
        json(404, server.post("/api/v1/reviews/" + bobs + "/acknowledge", ""));
        json(403, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        json(403, server.post("/api/v1/reviews/" + bobs + "/extend", "{\"until\":\"2026-05-01\",\"reason\":\"x\"}"));
        server.as(server.base.bob, Role.OWNER);
        JsonNode delegated =
                json(200, server.post("/api/v1/reviews/" + bobs + "/delegate", "{\"to\":\"alice@corp.example\"}"));
        assertThat(delegated.get("delegated_to").asString()).isEqualTo("alice@corp.example");
        server.as(server.base.alice, Role.OWNER);
        JsonNode taken = json(200, server.post("/api/v1/reviews/" + bobs + "/accept-delegation", ""));
        assertThat(taken.get("owner").asString()).isEqualTo("alice@corp.example");
        server.as(server.base.bob, Role.AUDITOR);
        json(200, server.get("/api/v1/reviews/" + bobs));
        json(403, server.post("/api/v1/reviews/" + bobs + "/acknowledge", ""));
    }

    @Test
    void plansAreChangedByVersion() {
        server.importAssets(ASSETS);
        HttpResponse<String> added = server.post("/api/v1/plans", TestReviews.QUARTERLY);
        json(409, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        String changed = TestReviews.QUARTERLY.replace("P3M", "P6M");
        JsonNode preview = json(200, server.post("/api/v1/plans/quarterly/preview", changed));
        assertThat(preview.get("change").asString()).isEqualTo("updated");
        assertThat(preview.get("moved").asInt()).isPositive();
        json(428, server.put("/api/v1/plans/quarterly", changed));
        json(428, server.put("/api/v1/plans/quarterly", "not a plan"));
        json(412, server.put("/api/v1/plans/quarterly", changed, "If-Match", "\"9\""));
        String etag = added.headers().firstValue("ETag").orElseThrow();
        JsonNode plan = json(200, server.put("/api/v1/plans/quarterly", changed, "If-Match", etag));
        assertThat(plan.get("version").asInt()).isEqualTo(2);
        assertThat(plan.get("effect").get("moved").asInt())
                .isEqualTo(preview.get("moved").asInt());
        json(422, server.put("/api/v1/plans/other", changed, "If-Match", "\"2\""));
        JsonNode faults = json(400, server.post("/api/v1/plans", "id: x\ntitel: y\n"));
        assertThat(faults.get("errors").toString()).contains("line 2", "did you mean 'title'", "/titel");
        assertThat(json(200, server.get("/api/v1/plans")).get("items")).hasSize(1);
        json(404, server.get("/api/v1/plans/none"));
    }

    @Test
    void aPlanThatWasReadCanBeSentBackAsJson() {
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        ObjectNode plan = (ObjectNode) json(200, server.get("/api/v1/plans/quarterly"));
        String[] asJson = {"If-Match", "*", "Content-Type", "application/json"};
        JsonNode same = json(200, server.put("/api/v1/plans/quarterly", plan.toString(), asJson));
        assertThat(same.get("version").asInt()).isEqualTo(1);
        plan.put("title", "Another title").remove("id");
        JsonNode changed = json(200, server.put("/api/v1/plans/quarterly", plan.toString(), asJson));
        assertThat(changed.get("version").asInt()).isEqualTo(2);
        assertThat(changed.get("title").asString()).isEqualTo("Another title");
        assertThat(json(400, server.put("/api/v1/plans/quarterly", "{\"id\":", asJson))
                        .get("code")
                        .asString())
                .isEqualTo("bad_json");
        String[] asText = {"If-Match", "*", "Content-Type", "text/plain"};
        json(415, server.put("/api/v1/plans/quarterly", "id: x", asText));
        JsonNode faults = json(422, server.put("/api/v1/plans/quarterly", "{\"scope\": 1}", asJson));
        assertThat(faults.toString()).contains("/scope").doesNotContain("line 1");
    }

    @Test
    void anOpenReviewKeepsItsOwnerAndARetiredAssetExpectsNone() {
        server.importAssets(ASSETS);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        server.importAssets(ASSETS.replace("alice@corp.example", "carol@corp.example"));
        assertThat(ownerOfTheFirst("open")).as("the owner it opened with").isEqualTo("alice@corp.example");
        assertThat(ownerOfTheFirst("scheduled")).as("what opens next").isEqualTo("carol@corp.example");
        server.base.database.useTransaction(
                tx -> server.assets.retire(tx, server.assets.get(tx, "web-01"), dev.ronde.evidence.Actor.SYSTEM));
        assertThat(json(200, server.get("/api/v1/reviews?asset=web-01&state=cancelled"))
                        .get("items"))
                .hasSize(6);
    }

    private String ownerOfTheFirst(String state) {
        return json(200, server.get("/api/v1/reviews?asset=web-01&state=" + state))
                .at("/items/0/owner")
                .asString("");
    }

    @Test
    void thePagesWorkWithoutScriptInBothLanguages() {
        assertThat(server.get("/reviews").body()).contains("There is no review plan yet");
        assertThat(server.get("/plans").body()).contains("No plans yet");
        assertThat(server.get("/plans/new").body()).contains("quarterly-critical");
        server.importAssets(ASSETS);
        HttpResponse<String> wrong = server.form("/plans", Map.of("text", "id: x\n", "do", "save"));
        status(422, wrong);
        assertThat(wrong.body()).contains("line 1", "title");
        assertThat(server.form("/plans", Map.of("text", TestReviews.QUARTERLY, "do", "preview"))
                        .body())
                .contains("opened: 2", "2 active assets are covered", "12 Jun 2026", "every 3 months");
        HttpResponse<String> saved = server.form("/plans", Map.of("text", TestReviews.QUARTERLY, "do", "save"));
        assertThat(saved.headers().firstValue("Location")).contains("/plans/quarterly");
        assertThat(server.get("/plans/quarterly").body()).contains("every 3 months", "12 Jun 2026");
        assertThat(server.get("/plans/quarterly/edit").body()).contains("every");
        String ref = server.first("web-01");
        String list = server.get("/reviews?state=open").body();
        assertThat(list).contains(ref, "&lt;b&gt;Two&lt;/b&gt;").doesNotContain("<b>Two");
        assertThat(server.get("/reviews?state=missed").body()).contains("No review matches");
        assertThat(server.in("fr").get("/reviews").body()).contains("Revues", "ouverte");
        assertThat(server.get("/reviews/" + ref).body()).contains("Votre réponse", "Bien reçu");
        server.in("qps");
        for (String path : new String[] {"/reviews", "/reviews/" + ref, "/plans", "/plans/quarterly", "/plans/new"}) {
            status(200, server.get(path));
        }
        server.in("en").as(server.base.alice, Role.OWNER);
        HttpResponse<String> refused = server.form("/reviews/" + ref + "/attest", Map.of("note", "my words"));
        status(422, refused);
        assertThat(refused.body()).contains("Choose an outcome.", "my words");
        assertThat(server.form("/reviews/" + ref + "/problem", Map.of("text", "x", "v", "1"))
                        .body())
                .contains("Somebody changed this review meanwhile");
        HttpResponse<String> done = server.form("/reviews/" + ref + "/attest", Map.of("outcome", "no_change"));
        status(303, done);
        assertThat(server.get("/reviews/" + ref + "?ok=attest").body())
                .contains(ref + " is attested.", "You can take it back until");
        status(403, server.form("/reviews/" + ref + "/extend", Map.of()));
        status(303, server.form("/reviews/" + ref + "/withdraw", Map.of()));
        for (String action : new String[] {"acknowledge", "not-mine"}) {
            status(303, server.form("/reviews/" + ref + "/" + action, Map.of()));
        }
        assertThat(server.get("/reviews/" + ref).body()).contains("that it is not theirs", "Attestation withdrawn");
        server.as(server.base.bob, Role.COMPLIANCE).base.at("2026-04-20T08:00:00Z");
        server.sweep();
        String missed = server.get("/reviews/" + ref).body();
        assertThat(missed.indexOf("<h2>Record why it was missed"))
                .as("it is the first thing a lead sees")
                .isPositive()
                .isLessThan(missed.indexOf("<summary>Facts"));
        status(
                303,
                server.form(
                        "/reviews/" + ref + "/missed",
                        Map.of("cause", "left", "action", "found", "recovery", "back_on_schedule")));
        assertThat(server.get("/reviews/" + ref).body())
                .contains("Back on schedule", "<dt>Why was it missed?</dt><dd>left</dd>", "<dd>found</dd>");
        JsonNode told = json(200, server.get("/api/v1/reviews/" + ref)).get("missed");
        assertThat(told.get("by").asString()).isEqualTo("bob");
        assertThat(told.get("recorded_at").asString()).startsWith("2026-");
    }

    @Test
    void theListOfMissedReviewsHasThoseNobodyHasClosedYet() {
        server.importAssets(ASSETS);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        server.base.at("2026-04-20T08:00:00Z");
        server.sweep();
        JsonNode closed = json(200, server.get("/api/v1/reviews?state=missed"));
        assertThat(closed.get("total").get("count").asInt()).isEqualTo(2);
        server.base.at("2026-07-20T08:00:00Z");
        JsonNode all = json(200, server.get("/api/v1/reviews?state=missed"));
        assertThat(all.get("total").get("count").asInt()).isEqualTo(4);
        assertThat(all.get("items"))
                .extracting(one -> one.get("due_on").asString())
                .containsExactly("2026-03-12", "2026-03-12", "2026-06-12", "2026-06-12");
        JsonNode first = json(200, server.get("/api/v1/reviews?state=missed&limit=3"));
        assertThat(json(
                                200,
                                server.get("/api/v1/reviews?state=missed&limit=3&cursor="
                                        + first.get("next_cursor").asString()))
                        .get("items"))
                .hasSize(1);
    }

    @Test
    void aLeadIsTheSecondPersonOnPageTableAndApi() {
        server.importAssets(ASSETS);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY + "approval: {default: second_person}\n"));
        String ref = server.first("web-01");
        server.as(server.base.alice, Role.OWNER);
        status(303, server.form("/reviews/" + ref + "/attest", Map.of("outcome", "no_change")));
        assertThat(server.get("/reviews/" + ref).body())
                .contains("waits for a second person")
                .doesNotContain("Approve as the second person");
        status(403, server.form("/reviews/" + ref + "/approve", Map.of()));
        server.as(server.base.bob, Role.COMPLIANCE);
        assertThat(server.get("/reviews/" + ref).body()).contains("Approve as the second person");
        assertThat(server.get("/plans/quarterly").body()).contains("a second person approves");
        JsonNode approved = json(200, server.post("/api/v1/reviews/" + ref + "/approve", "{\"note\":\"Agreed\"}"));
        assertThat(approved.get("approval").get("approver").asString()).isEqualTo("bob");
        assertThat(server.get("/reviews.csv").body())
                .contains(",bob," + approved.get("approval").get("approved_at").asString());
        json(409, server.post("/api/v1/reviews/" + ref + "/reject", "{\"reason\":\"late\"}"));
        String other = server.first("web-02");
        server.as(server.base.bob, Role.OWNER);
        server.form("/reviews/" + other + "/attest", Map.of("outcome", "no_change"));
        server.as(server.base.alice, Role.COMPLIANCE);
        json(200, server.post("/api/v1/reviews/" + other + "/reject", "{\"reason\":\"Port 9200 is open\"}"));
        server.as(server.base.bob, Role.OWNER);
        assertThat(server.get("/reviews/" + other).body())
                .contains("Refused by a second person", "<p>Port 9200 is open</p>");
    }

    @Test
    void theTableIsComplete() {
        server.importAssets(ASSETS);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        String ref = server.first("web-01");
        json(200, server.post("/api/v1/reviews/" + ref + "/attest", "{\"outcome\":\"no_change\"}"));
        String csv = server.get("/reviews.csv").body();
        assertThat(csv).startsWith("\ufeff" + String.join(",", ReviewColumn.TABLE.names()));
        assertThat(csv.lines().count()).isEqualTo(13);
        assertThat(csv).contains(ref + ",web-01,Web one,quarterly,1,iso27001:A.8.9,scheduled,2026-03-12,2026-03-12,");
        assertThat(server.get("/reviews.csv?state=attested").body().lines().count())
                .isEqualTo(2);
        assertThat(server.in("fr").get("/reviews.csv").body()).contains("ref;asset_ref;");
        assertThat(server.in("fr").get("/api/v1/reviews.csv").body()).startsWith("ref,asset_ref,");
    }
}
