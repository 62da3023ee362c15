package dev.ronde.review.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever once held a review, owned its asset or was in the team that did cannot approve it by passing it on first. */
final class SecondPersonHeldTest {
    private static final String PLAN = """
            id: monthly
            title: Monthly
            scope: {}
            cadence: {every: P1M, anchor: 2026-03-10}
            approval: {default: second_person}
            """;
    private static final String ANN = "ann@example.org";
    private static final String BOB = "bob@example.org";
    private static final String CEM = "cem@example.org";
    private static final String EVE = "eve@example.org";
    private static final String TEAM = "platform@example.org";

    private final TestClock clock = new TestClock();
    private final TestApp app = TestApp.start(clock, Map.of());
    private final Map<String, String> tokens = new HashMap<>();

    @BeforeEach
    void setUp() {
        Stream.of(ANN, BOB, CEM, EVE, TEAM).forEach(email -> app.post("/api/v1/people", Map.of("email", email)));
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void theOwnerOfTheAssetGivesItAway() {
        String ref = opened("ref,name,kind,owner_email\ndb-1,One,service.redis," + ANN + "\n");
        as(EVE, "/api/v1/reviews/" + ref + "/assign", Map.of("to", CEM));
        attested(ref, CEM);
        csv("ref,name,kind,owner_email\ndb-1,One,service.redis," + BOB + "\n");
        patch("/api/v1/assets/db-1", Map.of("owner", CEM));
        assertThat(approve(ref, ANN)).as("held it and owned the asset").isEqualTo(403);
        assertThat(approve(ref, BOB)).as("owned the asset meanwhile").isEqualTo(403);
        assertThat(approve(ref, EVE)).as("gave it to somebody else only").isEqualTo(200);
    }

    @Test
    void whoOwnedTheAssetBeforeItOpenedHadNoPart() {
        csv("ref,name,kind,owner_email\ndb-1,One,service.redis," + BOB + "\n");
        clock.advance(Duration.ofMinutes(1));
        patch("/api/v1/assets/db-1", Map.of("name", "First", "owner", ANN));
        clock.advance(Duration.ofMinutes(1));
        patch("/api/v1/assets/db-1", Map.of("name", "Again"));
        String ref = opened(null);
        clock.advance(Duration.ofMinutes(1));
        patch("/api/v1/assets/db-1", Map.of("name", "Third"));
        attested(ref, ANN);
        patch("/api/v1/assets/db-1", Map.of("owner", CEM));
        assertThat(approve(ref, ANN)).isEqualTo(403);
        assertThat(approve(ref, CEM)).isEqualTo(403);
        assertThat(approve(ref, BOB)).isEqualTo(200);
    }

    /** What an asset's criticality asks for is asked for, also where somebody lowers it for a while. */
    @Test
    void theCriticalityIsLoweredForAWhile() {
        csv("ref,name,kind,owner_email,criticality\ndb-1,One,service.redis," + ANN + ",critical\n");
        String plan = PLAN.replace("{default: second_person}", "{default: none, critical: second_person}");
        assertThat(app.call("POST", "/api/v1/plans", plan, operator("application/yaml"))
                        .status())
                .isEqualTo(201);
        app.settle();
        String ref =
                app.get("/api/v1/reviews?state=open").json().at("/items/0/ref").asString();
        clock.advance(Duration.ofMinutes(1));
        patch("/api/v1/assets/db-1", Map.of("criticality", "medium"));
        clock.advance(Duration.ofMinutes(1));
        as(ANN, "/api/v1/reviews/" + ref + "/attest", Map.of("outcome", "no_change"));
        assertThat(review(ref).path("approval").toString()).contains("pending");
        assertThat(approve(ref, BOB)).isEqualTo(200);
    }

    @Test
    void whoGotItFromTheLeadGivesItOn() {
        String ref = opened("ref,name,kind,owner_email\ndb-1,One,service.redis," + ANN + "\n");
        as(EVE, "/api/v1/reviews/" + ref + "/assign", Map.of("to", BOB));
        as(BOB, "/api/v1/reviews/" + ref + "/assign", Map.of("to", CEM));
        attested(ref, CEM);
        assertThat(approve(ref, BOB)).isEqualTo(403);
        assertThat(reject(ref, BOB)).isEqualTo(403);
        assertThat(approve(ref, EVE)).isEqualTo(200);
    }

    @Test
    void aHandOverTakesItAway() {
        String ref = opened("ref,name,kind,owner_email\ndb-1,One,service.redis," + ANN + "\n");
        as(EVE, "/api/v1/reviews/" + ref + "/assign", Map.of("to", BOB));
        String handover = "/api/v1/people/" + id(BOB) + "/handover";
        assertThat(app.post(handover, Map.of("to", CEM, "deactivate", false)).status())
                .isEqualTo(200);
        attested(ref, CEM);
        assertThat(approve(ref, BOB)).isEqualTo(403);
        assertThat(approve(ref, EVE)).isEqualTo(200);
    }

    @Test
    void whoSteppedInForSomebodyOnLeave() {
        String ref = opened("ref,name,kind,owner_email,backup_email\ndb-1,One,service.redis," + ANN + "," + BOB + "\n");
        app.post("/api/v1/people/" + id(ANN) + "/absences", Map.of("from", "2026-03-02", "until", "2026-03-20"));
        clock.advance(Duration.ofDays(1));
        app.settle();
        assertThat(owner(ref)).isEqualTo(BOB);
        as(EVE, "/api/v1/reviews/" + ref + "/assign", Map.of("to", CEM));
        attested(ref, CEM);
        assertThat(approve(ref, BOB)).isEqualTo(403);
        assertThat(approve(ref, EVE)).isEqualTo(200);
    }

    @Test
    void whoTookItUpWithAnAssetThatHadNoOwner() {
        String ref = opened("ref,name,kind,owner_email\ndb-1,One,service.redis," + ANN + "\n");
        app.post("/api/v1/people/" + id(ANN) + "/handover", Map.of("way", "queue"));
        patch("/api/v1/assets/db-1", Map.of("owner", BOB));
        assertThat(owner(ref)).isEqualTo(BOB);
        patch("/api/v1/assets/db-1", Map.of("owner", CEM));
        as(EVE, "/api/v1/reviews/" + ref + "/assign", Map.of("to", CEM));
        attested(ref, CEM);
        assertThat(approve(ref, BOB)).isEqualTo(403);
        assertThat(approve(ref, EVE)).isEqualTo(200);
    }

    @Test
    void whoLeavesTheTeamThatHeldIt() {
        String ref = opened("ref,name,kind,owner_email\ndb-1,One,service.redis," + ANN + "\n");
        members(TEAM, BOB, CEM);
        as(EVE, "/api/v1/reviews/" + ref + "/assign", Map.of("to", TEAM));
        attested(ref, TEAM);
        clock.advance(Duration.ofMinutes(1));
        members(TEAM, CEM);
        assertThat(approve(ref, BOB)).as("left the team").isEqualTo(403);
        assertThat(approve(ref, CEM)).as("is in the team").isEqualTo(403);
        assertThat(approve(ref, EVE)).isEqualTo(200);
    }

    @Test
    void whoseTeamOwnedTheAssetAndIsNoneAnyMore() {
        members(TEAM, BOB);
        String ref = opened("ref,name,kind,owner_email\ndb-1,One,service.redis," + TEAM + "\n");
        attested(ref, BOB);
        clock.advance(Duration.ofMinutes(1));
        members(TEAM);
        assertThat(approve(ref, TEAM)).as("a shared account").isEqualTo(403);
        patch("/api/v1/assets/db-1", Map.of("owner", CEM));
        assertThat(approve(ref, TEAM)).isEqualTo(403);
        assertThat(approve(ref, EVE)).isEqualTo(200);
    }

    @Test
    void whoLeftTheTeamBeforeTheReviewOpenedHadNoPart() {
        members(TEAM, BOB, CEM);
        clock.advance(Duration.ofMinutes(1));
        members(TEAM, CEM);
        clock.advance(Duration.ofMinutes(1));
        String ref = opened("ref,name,kind,owner_email\ndb-1,One,service.redis," + TEAM + "\n");
        attested(ref, CEM);
        assertThat(approve(ref, BOB)).isEqualTo(200);
    }

    /** The ref of the one review, opened now. */
    private String opened(String assets) {
        if (assets != null) {
            csv(assets);
        }
        assertThat(app.call("POST", "/api/v1/plans", PLAN, operator("application/yaml"))
                        .status())
                .isEqualTo(201);
        return app.get("/api/v1/reviews?asset=db-1&due_before=2026-03-11")
                .json()
                .at("/items/0/ref")
                .asString();
    }

    private void attested(String ref, String by) {
        as(by, "/api/v1/reviews/" + ref + "/attest", Map.of("outcome", "no_change"));
        assertThat(review(ref).at("/approval/state").asString()).isEqualTo("pending");
    }

    private int approve(String ref, String by) {
        return call(by, "/api/v1/reviews/" + ref + "/approve", Map.of()).status();
    }

    private int reject(String ref, String by) {
        return call(by, "/api/v1/reviews/" + ref + "/reject", Map.of("reason", "no"))
                .status();
    }

    private String owner(String ref) {
        return review(ref).path("owner").asString("");
    }

    private JsonNode review(String ref) {
        return app.get("/api/v1/reviews/" + ref).json();
    }

    private void members(String team, String... members) {
        Map<String, String> headers = new HashMap<>(operator("application/json"));
        headers.put("If-Match", "*");
        String path = "/api/v1/people/" + id(team) + "/members";
        assertThat(app.call("PUT", path, body(Map.of("members", Arrays.asList(members))), headers)
                        .status())
                .isEqualTo(200);
    }

    private void patch(String path, Map<String, Object> body) {
        Map<String, String> headers = new HashMap<>(operator("application/json"));
        headers.put("If-Match", "*");
        assertThat(app.call("PATCH", path, body(body), headers).status()).isEqualTo(200);
    }

    private static String body(Object body) {
        return dev.ronde.platform.json.Json.write(body);
    }

    private void csv(String text) {
        assertThat(app.call("POST", "/api/v1/assets/import", text, operator("text/csv"))
                        .status())
                .isEqualTo(200);
    }

    private Map<String, String> operator(String type) {
        return Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", type);
    }

    private void as(String email, String path, Map<String, Object> body) {
        TestApp.Answer answer = call(email, path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private TestApp.Answer call(String email, String path, Map<String, Object> body) {
        return app.call("POST", path, body, Map.of("Authorization", "Bearer " + token(email)));
    }

    /** A token that this person made. */
    private String token(String email) {
        return tokens.computeIfAbsent(email, address -> {
            JsonNode made = app.post("/api/v1/tokens", Map.of("name", address, "role", "compliance"))
                    .json();
            String maker = app.app()
                    .database()
                    .read(handle -> handle.createQuery("select actor_ref from person where id = cast(:id as uuid)")
                            .bind("id", id(address))
                            .mapTo(String.class)
                            .one());
            app.app().database().useTransaction(tx -> {
                tx.execute("update person set role = 'COMPLIANCE' where actor_ref = ?", maker);
                tx.createUpdate("update api_token set created_by = :maker where id = cast(:id as uuid)")
                        .bind("maker", maker)
                        .bind("id", made.path("id").asString())
                        .execute();
            });
            return made.path("token").asString();
        });
    }

    private String id(String email) {
        return app.get("/api/v1/people?q=" + email).json().at("/items/0/id").asString();
    }
}
