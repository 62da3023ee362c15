package dev.ronde.review.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Somebody leaves: what they answered for goes to others in one act and one record. Each test has people, assets and a plan of its own in one
 * application: {@link #own} marks their names with the number of the test, {@link #plain} takes it off again.
 */
final class HandoverTest {
    private static final String ASSETS = """
            ref,name,kind,owner_email,backup_email,manager_email
            db-1,One,service.redis,ann@example.org,bob@example.org,
            db-2,Two,service.redis,ann@example.org,,dan@example.org
            db-3,Three,service.redis,cem@example.org,ann@example.org,ann@example.org
            """;
    private static final String PLAN = """
            id: monthly%1$s
            title: Monthly
            scope: {units: [%1$s]}
            cadence: {every: P1M, anchor: 2026-03-10}
            """;

    @AutoClose
    private static final TestApp app = TestApp.start(new TestClock(), Map.of());

    private static int tests;

    private final String mark = "t" + ++tests;

    @BeforeEach
    void setUp() {
        csv(ASSETS);
        Map<String, String> yaml = app.operator("Content-Type", "application/yaml");
        app.call("POST", "/api/v1/plans", PLAN.formatted(mark), yaml).is(201);
    }

    private void csv(String text) {
        Map<String, String> headers = app.operator("Content-Type", "text/csv");
        String rows = own(text).strip().replace("\n", "," + mark + "\n").replaceFirst("," + mark + "\n", ",unit\n");
        app.call("POST", "/api/v1/assets/import", rows + "," + mark + "\n", headers)
                .is(200);
    }

    private String own(String text) {
        return text.replace("@example.org", mark + "@example.org")
                .replaceAll("\\b(db|net|web)-(?=\\d)", "$1" + mark + "-");
    }

    private @Nullable String plain(@Nullable String text) {
        return text == null ? null : text.replace(mark + "@", "@").replace(mark + "-", "-");
    }

    @Test
    void aBackupOwnerWhoLeftHerselfDoesNotStepIn() {
        Map<String, String> whatever = app.operator("If-Match", "*");
        // what is retired asks for no hand-over, and comes back with whoever it names
        app.call("DELETE", own("/api/v1/assets/db-1"), null, whatever).is(200);
        assertThat(handOver("bob@example.org", Map.of("way", "queue"))
                        .json()
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        app.post(own("/api/v1/assets/db-1/restore"), Map.of()).is(200);
        csv(ASSETS);
        assertThat(people("db-1")).containsExactly("ann@example.org", "bob@example.org", null);
        handOver("ann@example.org", Map.of("way", "backup")).is(200);
        assertThat(people("db-1").get(0)).isNull();
        List<JsonNode> orphans = orphans("kind=asset");
        assertThat(orphans)
                .extracting(orphan -> plain(orphan.path("subject").asString()))
                .containsExactly("db-1", "db-2");
        assertThat(orphans)
                .extracting(orphan -> orphan.path("reason").asString())
                .containsOnly("no_owner");
        assertThat(orphans.get(0).at("/next/page").asString()).isEqualTo(own("/assets/db-1/edit"));
    }

    @Test
    void everythingGoesToOnePersonAndTheOldOneIsDeactivated() {
        TestApp.Answer answer =
                handOver("ann@example.org", Map.of("to", "bob@example.org")).is(200);
        assertThat(answer.json().path("active").asBoolean()).isFalse();
        assertThat(people("db-1")).containsExactly("bob@example.org", null, null);
        assertThat(people("db-2")).containsExactly("bob@example.org", null, "dan@example.org");
        assertThat(people("db-3")).containsExactly("cem@example.org", "bob@example.org", "bob@example.org");
        assertThat(openOwners()).containsExactly("bob@example.org", "bob@example.org", "cem@example.org");

        JsonNode data = handedOver();
        assertThat(data.path("way").asString("")).isEqualTo("transfer");
        assertThat(data.path("assets").toString()).isEqualTo(own("[\"db-1\",\"db-2\",\"db-3\"]"));
        assertThat(data.path("reviews")).hasSize(2);
        assertThat(data.path("deactivated").asBoolean()).isTrue();
    }

    @Test
    void whoeverHandsOverAndStaysLosesEveryWayInToo() {
        String token = app.tokenOfPerson("nora", "admin");
        String feed = app.post(
                        "/api/v1/calendar-feeds",
                        Map.of("name", "All", "person", "nora@example.net", "everybody", true))
                .text("/url")
                .replaceAll("https?://[^/]*", "");
        String nora = app.get("/api/v1/people?q=nora@example.net").text("/items/0/id");
        String link = app.post("/api/v1/people/" + nora + "/setup-link", Map.of())
                .text("/setup_link")
                .replaceAll("https?://[^/]*", "");
        app.app().database().useTransaction(tx -> {
            tx.execute("insert into mail_key (kid, created_at) values (9, current_timestamp)");
            tx.createUpdate(
                            "insert into mail_grant (id, purpose, subject_id, person_id, generation, kid, created_at, expires_at)"
                                    + " values (1, 'l', :person, :person, 1, 9, current_timestamp, current_timestamp)")
                    .bind("person", UUID.fromString(nora))
                    .execute();
        });
        assertThat(app.get("/people/" + nora + "/handover").body())
                .contains("1 token", "nora", "end with the hand-over");
        assertThat(status(feed)).isEqualTo(200);
        assertThat(status(link)).isEqualTo(200);
        assertThat(handOver("nora@example.net", Map.of("to", "bob@example.org", "deactivate", false))
                        .json()
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(status(feed)).isEqualTo(404);
        assertThat(status(link)).isEqualTo(410);
        app.call("GET", "/api/v1/people", null, TestApp.bearer(token)).is(401);
        int ended = app.app()
                .database()
                .read(handle -> handle.select("select count(*) from mail_grant where revoked_at is not null")
                        .mapTo(Integer.class)
                        .one());
        assertThat(ended).isEqualTo(1);
    }

    private int status(String path) {
        return app.call("GET", path, null, Map.of()).status();
    }

    @Test
    void backupOwnersStepInAndWhereThereIsNoneTheLeadsDecide() {
        handOver("ann@example.org", Map.of()).is(200);
        assertThat(people("db-1")).containsExactly("bob@example.org", null, null);
        assertThat(people("db-2")).containsExactly(null, null, "dan@example.org");
        assertThat(people("db-3")).containsExactly("cem@example.org", null, null);
        assertThat(openOwners()).containsExactly("bob@example.org", null, "cem@example.org");
        assertThat(app.get("/api/v1/assets?unowned=true&unit=" + mark).json().path("items"))
                .hasSize(1);
    }

    @Test
    void whatNobodyHasGoesToTheNextOwnerOfItsAssetAndWhatSomebodyHasDoesNot() {
        handOver("ann@example.org", Map.of("way", "queue"));
        assertThat(owner("db-1")).isNull();
        csv(ASSETS.replace("ann@example.org", "dan@example.org"));
        assertThat(owner("db-1")).isEqualTo("dan@example.org");
        csv(ASSETS.replace("ann@example.org", "eve@example.org"));
        assertThat(people("db-1").get(0)).isEqualTo("eve@example.org");
        assertThat(owner("db-1")).isEqualTo("dan@example.org");
    }

    @Test
    void anOwnerLeavesWithFiftyOpenReviews() {
        StringBuilder fifty = new StringBuilder("ref,name,kind,owner_email,backup_email\n");
        for (int i = 0; i < 50; i++) {
            fifty.append("web-%02d,Web,service.redis,eva@example.org,bob@example.org%n".formatted(i));
        }
        csv(fifty.toString());
        app.settle();
        app.post("/api/v1/plans/monthly" + mark + "/announce", Map.of());
        app.settle();
        assertThat(everyOpenOwner()).filteredOn("eva@example.org"::equals).hasSize(50);
        assertThat(handOver("eva@example.org", Map.of("way", "backup"))
                        .json()
                        .path("active")
                        .asBoolean(true))
                .isFalse();
        assertThat(everyOpenOwner()).doesNotContain("eva@example.org");
        assertThat(everyOpenOwner()).filteredOn("bob@example.org"::equals).hasSize(50);
        assertThat(handedOver().path("assets")).hasSize(50);
    }

    @Test
    void whatWasPassedOnComesBackOrGoesOn() {
        String first = review("db-3").path("ref").asString("");
        app.post("/api/v1/reviews/" + first + "/delegate", Map.of("to", own("ann@example.org")));
        String second = review("db-1").path("ref").asString("");
        app.post("/api/v1/reviews/" + second + "/assign", Map.of("to", own("cem@example.org")));

        handOver("ann@example.org", Map.of("way", "queue")).is(200);
        assertThat(review("db-3").path("delegated_to").isNull()).isTrue();
        assertThat(owner("db-3")).isEqualTo("cem@example.org");
        assertThat(app.get(own("/api/v1/assets/db-3/timeline")).body())
                .as("who owns it had it all the time")
                .contains("review.delegation-ended")
                .doesNotContain("review.assigned");
        assertThat(app.get("/reviews/" + first).body()).contains("No longer asked to take over");

        assertThat(handOver("cem@example.org", Map.of("to", "dan@example.org", "deactivate", false))
                        .json()
                        .path("active")
                        .asBoolean())
                .isTrue();
        assertThat(owner("db-1")).isEqualTo("dan@example.org");
    }

    @Test
    void nobodyLeavesDutiesBehind() {
        String id = id("ann@example.org");
        Map<String, String> headers = app.operator("If-Match", "*");
        TestApp.Answer refused = app.call("PATCH", "/api/v1/people/" + id, Map.of("active", false), headers)
                .is(409);
        assertThat(refused.text("/code")).isEqualTo("has_duties");
        assertThat(refused.json().path("duties").asInt()).isEqualTo(5);
        handOver("ann@example.org", Map.of("to", "ann@example.org")).is(422);
        handOver("ann@example.org", Map.of("to", "nobody@example.org")).is(422);
        handOver("ann@example.org", Map.of("way", "transfer")).is(422);
        assertThat(people("db-1").get(0)).isEqualTo("ann@example.org");
    }

    @Test
    void thePageSaysWhatIsHeldAndHandsItOver() {
        String page = "/people/" + id("ann@example.org") + "/handover";
        assertThat(app.get(page).body())
                .contains(own("/assets/db-1"), own("/assets/db-2"), own("/assets/db-3"), "/reviews/REV-")
                .contains("name=\"way\"", "name=\"to\"");

        TestApp.Answer nowhere =
                form(page, "to=bob%40example.org&deactivate=true").is(422);
        assertThat(nowhere.body()).contains("role=\"alert\"", "href=\"#way-transfer\"", own("bob@example.org"));
        TestApp.Answer nobody =
                form(page, "way=transfer&to=nobody%40example.org").is(422);
        assertThat(nobody.body()).contains("href=\"#to\"", own("nobody@example.org"));
        assertThat(people("db-1").get(0)).isEqualTo("ann@example.org");

        TestApp.Answer done =
                form(page, "way=transfer&to=bob%40example.org&deactivate=true").is(303);
        assertThat(people("db-1").get(0)).isEqualTo("bob@example.org");
        app.get(done.header("Location")).is(200);
        assertThat(app.get(page).body()).doesNotContain("/assets/db", "/reviews/REV-");
    }

    @Test
    void whoMayNotTakeAnAccountAwayIsNotOfferedTo() {
        Map<String, String> change = app.operator("If-Match", "*");
        app.call("PATCH", "/api/v1/people/" + id("ann@example.org"), Map.of("role", "owner"), change)
                .is(200);
        String page = "/people/" + id("ann@example.org") + "/handover";
        assertThat(app.get(page).body()).as("an administrator").contains("name=\"deactivate\" value=\"true\" checked");
        String lead = app.post("/api/v1/tokens", Map.of("name", "the lead", "role", "compliance", "days", 365))
                .text("/token");
        Map<String, String> headers = TestApp.bearer(lead, "Content-Type", "application/x-www-form-urlencoded");
        assertThat(app.call("GET", page, null, headers).body())
                .contains("an administrator deactivates the person afterwards")
                .doesNotContain("name=\"deactivate\"");
        TestApp.Answer refused = app.call("POST", page, own("way=transfer&to=bob@example.org&deactivate=true"), headers)
                .is(403);
        assertThat(refused.body()).contains("Only an administrator takes an account away", own("bob@example.org"));
        assertThat(people("db-1").get(0)).isEqualTo("ann@example.org");
        app.call("POST", page, own("way=transfer&to=bob@example.org"), headers).is(303);
        assertThat(people("db-1").get(0)).isEqualTo("bob@example.org");
    }

    @Test
    void theLastOfATeamLeavesAndHandsOverWhatTheTeamHas() {
        String platform = "platform@example.org";
        csv("ref,name,kind,owner_email,backup_email\nnet-1,Net,service.redis," + platform
                + ",eli@example.org\nnet-2,Net,service.redis," + platform + ",bob@example.org\n");
        app.settle();
        app.post("/api/v1/plans/monthly" + mark + "/announce", Map.of());
        app.settle();
        members(platform, "dan@example.org", "eli@example.org").is(200);
        handOver("dan@example.org", Map.of("way", "queue")).is(200);
        assertThat(people("net-1")).as("eli is still there").startsWith(platform);

        String eli = "/api/v1/people/" + id("eli@example.org");
        Map<String, String> headers = app.operator("If-Match", "*");
        TestApp.Answer refused =
                app.call("PATCH", eli, Map.of("active", false), headers).is(409);
        assertThat(refused.json().path("duties").asInt()).isEqualTo(4);
        assertThat(app.get("/people/" + id("eli@example.org") + "/handover").body())
                .contains(own("/assets/net-1"), own("/assets/net-2"), "last of");

        assertThat(handOver("eli@example.org", Map.of("to", platform)).status())
                .as("nobody reads its mail then")
                .isEqualTo(422);
        handOver("eli@example.org", Map.of("way", "backup")).is(200);
        assertThat(people("net-1")).as("the backup owner leaves").containsExactly(null, null, null);
        assertThat(people("net-2")).containsExactly("bob@example.org", null, null);
        assertThat(owner("net-1")).isNull();
        assertThat(owner("net-2")).isEqualTo("bob@example.org");
        JsonNode data = handedOver();
        assertThat(data.path("assets").toString()).isEqualTo(own("[\"net-1\",\"net-2\"]"));
        assertThat(data.path("teams")).hasSize(1);
        assertThat(orphans("reason=left")).isEmpty();
    }

    @Test
    void whoStaysKeepsWhatTheirTeamHas() {
        csv("ref,name,kind,owner_email\nnet-1,Net,service.redis,platform@example.org\n");
        members("platform@example.org", "dan@example.org");
        handOver("dan@example.org", Map.of("to", "bob@example.org", "deactivate", false))
                .is(200);
        assertThat(people("net-1").get(0)).isEqualTo("platform@example.org");
    }

    @Test
    void aTeamOfWhichEverybodyHasLeftAnswersForNothing() {
        csv("ref,name,kind,owner_email\nnet-1,Net,service.redis,platform@example.org\n");
        handOver("dan@example.org", Map.of("way", "queue"));
        members("platform@example.org", "dan@example.org");
        List<JsonNode> orphans = orphans("kind=asset&reason=left");
        assertThat(orphans).hasSize(1);
        assertThat(orphans.get(0).path("subject").asString("")).isEqualTo(own("net-1"));
        assertThat(orphans.get(0).path("owner").asString("")).isEqualTo(own("platform@example.org"));
        assertThat(orphans.get(0).at("/next/page").asString(""))
                .isEqualTo("/people/" + id("platform@example.org") + "/handover");
        assertThat(app.get(own("/api/v1/coverage/gaps?gap=no_owner&asset=net-1"))
                        .json()
                        .path("items"))
                .hasSize(1);
        String ref = review("db-1").path("ref").asString("");
        for (String way : List.of("assign", "delegate")) {
            assertThat(app.post("/api/v1/reviews/" + ref + "/" + way, Map.of("to", own("platform@example.org")))
                            .status())
                    .as(way)
                    .isEqualTo(422);
        }
        handOver("ann@example.org", Map.of("to", "platform@example.org")).is(422);
        members("platform@example.org", "dan@example.org", "bob@example.org");
        assertThat(orphans("kind=asset")).isEmpty();
    }

    private TestApp.Answer members(String team, String... members) {
        Map<String, String> headers = app.operator("If-Match", "*");
        return app.call(
                "PUT",
                "/api/v1/people/" + id(team) + "/members",
                Map.of("members", Stream.of(members).map(this::own).toList()),
                headers);
    }

    private TestApp.Answer form(String path, String body) {
        Map<String, String> headers = app.operator("Content-Type", "application/x-www-form-urlencoded");
        return app.call("POST", path, body.replace("%40", mark + "%40"), headers);
    }

    private TestApp.Answer handOver(String email, Map<String, Object> body) {
        Map<String, Object> own = new HashMap<>(body);
        own.computeIfPresent("to", (key, to) -> own(to.toString()));
        return app.post("/api/v1/people/" + id(email) + "/handover", own);
    }

    private String id(String email) {
        return app.get("/api/v1/people?q=" + own(email)).text("/items/0/id");
    }

    private List<String> people(String ref) {
        JsonNode asset = app.get("/api/v1/assets/" + own(ref)).json();
        return Stream.of("owner", "backup", "manager")
                .map(part -> plain(asset.path(part).asString(null)))
                .toList();
    }

    private JsonNode review(String asset) {
        return app.get("/api/v1/reviews?asset=" + own(asset) + "&due_before=2026-03-11")
                .json()
                .path("items")
                .get(0);
    }

    private @Nullable String owner(String asset) {
        return plain(review(asset).path("owner").asString(null));
    }

    /** What the newest record says. */
    private static JsonNode handedOver() {
        return app.get("/api/v1/evidence/records?type=person.handed-over")
                .json()
                .at("/items/0/record/data");
    }

    /** Of this test's assets. */
    private List<JsonNode> orphans(String query) {
        return app.get("/api/v1/orphans?" + query)
                .json()
                .path("items")
                .valueStream()
                .filter(orphan -> orphan.path("subject").asString("").contains(mark + "-"))
                .toList();
    }

    private List<String> everyOpenOwner() {
        return app.get("/api/v1/reviews?state=open&limit=500")
                .json()
                .path("items")
                .valueStream()
                .map(review -> plain(review.path("owner").asString(null)))
                .toList();
    }

    private List<String> openOwners() {
        return Stream.of("db-1", "db-2", "db-3").map(this::owner).toList();
    }
}
