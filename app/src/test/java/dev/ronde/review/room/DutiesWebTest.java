package dev.ronde.review.room;

import static dev.ronde.review.ReviewServer.json;
import static dev.ronde.review.ReviewServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.account.Person;
import dev.ronde.platform.http.Role;
import dev.ronde.review.ReviewServer;
import dev.ronde.review.TestReviews;
import dev.ronde.testing.DatabaseKind;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Who sees a review may not answer it for that alone: on the page, by a program, in bulk, and for its files. */
class DutiesWebTest {

    private static final String ASSET =
            "ref,name,kind,owner_email,criticality\nweb-01,Web one,service.redis,alice@corp.example,high\n";

    @AutoClose
    private final ReviewServer server = new ReviewServer(DatabaseKind.H2);

    private String ref;

    @BeforeEach
    void openReview() {
        server.importAssets(ASSET);
        json(201, server.post("/api/v1/plans", TestReviews.QUARTERLY));
        ref = server.first("web-01");
    }

    @Test
    void whoeverWasOnlyAskedAcceptsFirst() {
        as(server.base.alice);
        json(200, server.post(api("delegate"), "{\"to\":\"bob@corp.example\"}"));
        as(server.base.bob);
        JsonNode refused = json(403, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
        assertThat(refused.get("code").asString()).isEqualTo("accept_first");
        assertThat(refused.get("detail").asString()).contains("alice has it until you take it over");
        json(403, server.post(api("delegate"), "{\"to\":\"alice@corp.example\"}"));
        json(403, server.post(api("acknowledge"), ""));
        json(403, server.post(api("snooze"), "{\"until\":\"2026-03-09\"}"));
        assertThat(json(200, server.post("/api/v1/reviews/attest", "{\"reviews\":[{\"ref\":\"" + ref + "\"}]}"))
                        .at("/refused/0/code")
                        .asString())
                .isEqualTo("accept_first");
        String page = server.get("/reviews/" + ref).body();
        assertThat(page)
                .contains("alice has it until you accept", "/accept-delegation", "/not-mine", "/problem")
                .doesNotContain("/" + ref + "/attest", "/" + ref + "/delegate", "/" + ref + "/snooze");
        HttpResponse<String> form = server.form("/reviews/" + ref + "/attest", Map.of("outcome", "no_change"));
        status(403, form);
        assertThat(form.body()).contains("alice has it until you accept");
        assertThat(server.in("fr")
                        .form("/reviews/" + ref + "/attest", Map.of("outcome", "no_change"))
                        .body())
                .contains("alice la garde jusqu’à ce que vous l’acceptiez");
        server.in("en").as(server.base.alice, Role.OWNER);
        assertThat(json(200, server.get("/api/v1/reviews/" + ref)).get("state").asString())
                .isEqualTo("open");
        json(200, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
    }

    @Test
    void theBackupWhoWasAskedAsWellMayAnswerAtOnce() {
        server.importAssets(ASSET.replaceFirst("owner_email", "owner_email,backup_email")
                .replaceFirst("alice@corp.example", "alice@corp.example,bob@corp.example"));
        as(server.base.alice);
        json(200, server.post(api("delegate"), "{\"to\":\"bob@corp.example\"}"));
        as(server.base.bob);
        assertThat(server.get("/reviews/" + ref).body())
                .contains("/accept-delegation", "/" + ref + "/attest", "/" + ref + "/snooze");
        json(200, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
    }

    @Test
    void whoeverOwnsTheAssetNowMakesGoodWhatAnotherOneMissed() {
        server.base.at("2026-05-20T08:00:00Z");
        server.sweep();
        server.importAssets(ASSET.replaceFirst("alice@corp.example", "bob@corp.example"));
        as(server.base.bob);
        assertThat(json(200, server.get("/api/v1/reviews/" + ref)).get("state").asString())
                .isEqualTo("missed");
        assertThat(server.get("/reviews/" + ref).body()).contains("/" + ref + "/attest");
        JsonNode done = json(200, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
        assertThat(done.get("state").asString()).isEqualTo("missed");
        assertThat(done.at("/attestation/actor_ref").asString()).isEqualTo(server.base.bob.actorRef());
    }

    @Test
    void whoPassedItOnMayLookAndReportAProblemUntilTheOtherAttested() {
        as(server.base.alice);
        json(200, server.post(api("delegate"), "{\"to\":\"bob@corp.example\"}"));
        as(server.base.bob);
        json(200, server.post(api("accept-delegation"), ""));
        as(server.base.alice);
        JsonNode refused = json(403, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
        assertThat(refused.get("code").asString()).isEqualTo("not_yours");
        assertThat(refused.get("detail").asString()).contains("is with bob");
        json(403, server.post(api("not-mine"), ""));
        status(403, server.bytes("/api/v1/reviews/" + ref + "/files?name=a.txt", new byte[] {'a'}));
        assertThat(server.get("/reviews/" + ref).body())
                .contains("It is with bob", "/problem")
                .doesNotContain("/" + ref + "/attest", "/" + ref + "/delegate", "/" + ref + "/not-mine");
        json(200, server.post(api("problem"), "{\"text\":\"I left a port open\"}"));

        as(server.base.bob);
        json(200, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
        String seen = server.carried("/reviews/" + ref + "/problem").get("v");
        as(server.base.alice);
        assertThat(server.get("/reviews/" + ref).body()).doesNotContain("/reviews/" + ref + "/problem");
        JsonNode late = json(403, server.post(api("problem"), "{\"text\":\"And another one\"}"));
        assertThat(late.get("code").asString()).isEqualTo("attested_by_another");
        HttpResponse<String> form =
                server.in("fr").form("/reviews/" + ref + "/problem", Map.of("text", "And another one", "v", seen));
        status(403, form);
        assertThat(form.body()).contains("Elle a été attestée par quelqu’un d’autre.");
    }

    @Test
    void aProblemIsDecidedByALeadInWordsThatStay() {
        as(server.base.alice);
        json(200, server.post(api("problem"), "{\"text\":\"I left a port open\"}"));
        json(403, server.post(api("decide-problem"), decision("2026-03-02T08:00:00Z", "Leave it")));
        assertThat(server.get("/reviews/" + ref).body()).doesNotContain("/decide-problem");
        status(403, server.form("/reviews/" + ref + "/decide-problem", Map.of("decision", "Leave it")));
        server.asLead();
        json(200, server.post(api("assign"), "{\"to\":\"bob@corp.example\"}"));
        assertThat(server.get("/reviews/" + ref).body()).contains("A problem was reported", "/decide-problem");
        HttpResponse<String> empty = server.form("/reviews/" + ref + "/decide-problem", Map.of("decision", " "));
        status(422, empty);
        assertThat(empty.body()).contains("what you decided");
        status(303, server.form("/reviews/" + ref + "/decide-problem", Map.of("decision", "It goes on Friday")));
        assertThat(server.get("/reviews/" + ref).body())
                .contains("Decided on the problem", "It goes on Friday", "I left a port open")
                .doesNotContain("A problem was reported", "/decide-problem");
        JsonNode refused = json(409, server.post(api("decide-problem"), decision("2026-03-02T08:00:00Z", "Again")));
        assertThat(refused.get("code").asString()).isEqualTo("no_problem");
    }

    @Test
    void whoeverDecidesOnAProblemNamesIt() {
        as(server.base.alice);
        String first = json(200, server.post(api("problem"), "{\"text\":\"I left a port open\"}"))
                .at("/problem/at")
                .asString();
        server.base.clock.advance(Duration.ofMinutes(3));
        json(200, server.post(api("problem"), "{\"text\":\"And it is full\"}"));
        server.asLead();
        JsonNode unnamed = json(422, server.post(api("decide-problem"), "{\"decision\":\"Leave it\"}"));
        assertThat(unnamed.at("/errors/0/pointer").asString()).isEqualTo("/reported_at");
        assertThat(unnamed.toString()).contains("problem.at");
        JsonNode refused = json(409, server.post(api("decide-problem"), decision(first, "Leave it")));
        assertThat(refused.get("code").asString()).isEqualTo("problem_changed");
        String both = "I left a port open\n\nAnd it is full";
        assertThat(refused.at("/problem/text").asString())
                .as("both are undecided")
                .isEqualTo(both);
        String newer = refused.at("/problem/at").asString();
        JsonNode shown = json(200, server.get("/api/v1/reviews/" + ref));
        assertThat(shown.at("/problem/at").asString()).isEqualTo(newer);
        assertThat(shown.at("/problem/text").asString()).isEqualTo(both);
        assertThat(server.get("/reviews/" + ref).body())
                .containsPattern(
                        "(?s)A problem was reported<.{0,200}I left a port open.{0,200}And it is full.*details");
        JsonNode decided = json(200, server.post(api("decide-problem"), decision(newer, "Leave it")));
        assertThat(decided.get("problem").isNull()).isTrue();
    }

    @Test
    void aProblemOfAMissedReviewStaysADecisionUntilALeadMakesIt() {
        as(server.base.alice);
        String at = json(200, server.post(api("problem"), "{\"text\":\"I left a port open\"}"))
                .at("/problem/at")
                .asString();
        server.base.at("2026-05-20T08:00:00Z");
        assertThat(json(200, server.get("/api/v1/reviews/" + ref)).get("state").asString())
                .isEqualTo("missed");
        json(403, server.post(api("decide-problem"), decision(at, "Leave it")));
        server.asLead();
        json(
                200,
                server.post(
                        api("missed"),
                        "{\"cause\":\"Nobody\",\"action\":\"Somebody\",\"recovery\":\"back_on_schedule\"}"));
        assertThat(server.get("/reviews/" + ref).body()).contains("A problem was reported", "/decide-problem");
        JsonNode decided = json(200, server.post(api("decide-problem"), decision(at, "It goes on Friday")));
        assertThat(decided.get("problem").isNull()).isTrue();
        assertThat(server.get("/reviews/" + ref).body())
                .contains("It goes on Friday")
                .doesNotContain("A problem was reported", "/decide-problem");
        JsonNode refused = json(409, server.post(api("decide-problem"), decision(at, "Again")));
        assertThat(refused.get("code").asString()).isEqualTo("no_problem");
    }

    @Test
    void aProblemWithWhatIsAttestedOpensItAgainOrOnceItsWindowIsOverAnother() {
        as(server.base.alice);
        json(200, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
        JsonNode again = json(200, server.post(api("problem"), "{\"text\":\"I left a port open\"}"));
        assertThat(again.get("ref").asString()).isEqualTo(ref);
        assertThat(again.get("state").asString()).isEqualTo("open");
        json(200, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
        server.base.at("2026-05-20T08:00:00Z");
        assertThat(server.get("/reviews/" + ref).body())
                .contains("/reviews/" + ref + "/problem", "Within its window the review opens again");
        HttpResponse<String> form = server.form("/reviews/" + ref + "/problem", Map.of("text", "It was open before"));
        status(303, form);
        String anew = form.headers().firstValue("Location").orElseThrow();
        assertThat(anew).startsWith("/reviews/REV-").endsWith("?ok=anew").doesNotContain(ref);
        assertThat(server.get(anew).body()).contains("A problem was reported", ref + ": It was open before");
        JsonNode another = json(200, server.post(api("problem"), "{\"text\":\"And it is full\"}"));
        assertThat(anew).contains(another.get("ref").asString());
        assertThat(another.get("cause").asString()).isEqualTo("significant_change");
        assertThat(another.at("/problem/text").asString())
                .isEqualTo(ref + ": It was open before\n\n" + ref + ": And it is full");
        assertThat(json(200, server.get("/api/v1/reviews/" + ref)).get("state").asString())
                .isEqualTo("attested");
    }

    private static String decision(String reportedAt, String words) {
        return "{\"reported_at\":\"" + reportedAt + "\",\"decision\":\"" + words + "\"}";
    }

    @Test
    void anOwnerWhoseOwnTeamWasAskedSaysOfThemselvesThatItIsNotTheirs() {
        as(server.base.alice);
        json(200, server.post(api("delegate"), "{\"to\":\"bob@corp.example\"}"));
        server.as(server.base.alice, Role.OWNER, Set.of(server.base.bob.id()));
        JsonNode said = json(200, server.post(api("not-mine"), "{\"note\":\"Ask sales\"}"));
        assertThat(said.get("not_mine_at").isNull()).isFalse();
        assertThat(said.get("delegated_to").asString()).as("still asked").isEqualTo("bob@corp.example");
        status(303, server.form("/reviews/" + ref + "/not-mine", Map.of("note", "Or the shop")));
        assertThat(json(200, server.get("/api/v1/reviews/" + ref))
                        .get("delegated_to")
                        .asString())
                .isEqualTo("bob@corp.example");
        JsonNode taken = json(200, server.post(api("accept-delegation"), ""));
        assertThat(taken.at("/owner").toString()).as("for the team").contains("bob@corp.example");
    }

    @Test
    void aPauseBeyondTheDueDateIsAQuestionThatALeadAnswers() {
        as(server.base.alice);
        JsonNode asked = json(200, server.post(api("snooze"), "{\"until\":\"2026-03-20\"}"));
        assertThat(asked.at("/more_time/until").asString()).as(asked.toString()).isEqualTo("2026-03-20");
        assertThat(asked.get("snoozed_until").isNull()).isTrue();
        assertThat(asked.get("due_on").asString()).isEqualTo("2026-03-12");
        json(403, server.post(api("refuse-time"), "{\"reason\":\"No\"}"));
        HttpResponse<String> form = server.form("/reviews/" + ref + "/snooze", Map.of("until", "2026-03-21"));
        assertThat(form.headers().firstValue("Location")).hasValue("/reviews/" + ref + "?ok=time-asked");
        assertThat(server.get("/reviews/" + ref + "?ok=time-asked").body())
                .contains("the compliance lead is asked for more time", "21 March 2026")
                .doesNotContain("/refuse-time");
        server.asLead();
        JsonNode unnamed = json(422, server.post(api("refuse-time"), "{\"reason\":\"No\"}"));
        assertThat(unnamed.toString()).contains("/until", "more_time.until");
        JsonNode newer = json(409, server.post(api("refuse-time"), "{\"until\":\"2026-03-20\",\"reason\":\"No\"}"));
        assertThat(newer.get("code").asString()).isEqualTo("time_changed");
        assertThat(newer.at("/more_time/until").asString()).isEqualTo("2026-03-21");
        assertThat(server.get("/reviews/" + ref).body())
                .contains(
                        "/refuse-time",
                        "<input id=\"extend-until\" name=\"until\" type=\"date\" value=\"2026-03-21\">");
        status(303, server.form("/reviews/" + ref + "/refuse-time", Map.of("reason", "The auditors come before")));
        assertThat(server.get("/reviews/" + ref + "?ok=refuse-time").body())
                .contains("The auditors come before")
                .doesNotContain("More time is asked for, until");
        JsonNode none = json(409, server.post(api("refuse-time"), "{\"until\":\"2026-03-21\",\"reason\":\"Again\"}"));
        assertThat(none.get("code").asString()).isEqualTo("no_time_asked");
        JsonNode paused = json(200, server.post(api("snooze"), "{\"until\":\"2026-03-20\"}"));
        assertThat(paused.get("snoozed_until").asString()).as("a lead may").isEqualTo("2026-03-20");
    }

    /** What somebody attested stays theirs to correct, whoever has the asset by now. */
    @ParameterizedTest
    @CsvSource({"withdraw, ''", "problem, '{\"text\":\"I left a port open\"}'"})
    void whoAttestedSeesItAndCorrectsItWhoseverItIsByNow(String action, String body) {
        as(server.base.alice);
        json(200, server.post(api("attest"), "{\"outcome\":\"no_change\"}"));
        handOverToBob();
        assertThat(server.get("/reviews/" + ref).body()).contains("/" + ref + "/" + action);
        assertThat(json(200, server.post(api(action), body)).get("state").asString())
                .isEqualTo("open");
        json(404, server.get("/api/v1/reviews/" + ref));
    }

    private void handOverToBob() {
        server.base.database.useTransaction(tx -> {
            tx.createUpdate("update review set owner_id = :bob")
                    .bind("bob", server.base.bob.id())
                    .execute();
            tx.createUpdate("update asset set owner_id = :bob")
                    .bind("bob", server.base.bob.id())
                    .execute();
        });
    }

    private void as(Person person) {
        server.as(person, Role.OWNER);
    }

    private String api(String action) {
        return "/api/v1/reviews/" + ref + "/" + action;
    }
}
