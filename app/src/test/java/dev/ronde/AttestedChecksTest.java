package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.testing.TestApp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a person states of a protection that no probe sees: who may, on the page and by programs, and what becomes of it. */
class AttestedChecksTest {
    private static final String OWNER = "olga@example.org";
    private static final String BACKUP = "bruno@example.org";
    private static final String OTHER = "otto@example.org";
    private static final String EAGER = "eager@example.org";
    private static final String PASSWORD = "correct horse battery";
    private static final String CHECK = "/checks/registrar-lock-attested/attestation";

    @AutoClose
    private static WalkWorld world;

    @BeforeAll
    static void start() {
        world = new WalkWorld();
        for (String email : new String[] {OWNER, BACKUP, OTHER, EAGER}) {
            world.call(
                    "POST",
                    "/api/v1/people",
                    Map.of("email", email, "name", email, "role", "owner", "password", PASSWORD));
        }
        world.text("POST", "/api/v1/assets/import", """
                ref,name,kind,owner_email,backup_email,criticality
                shop.example,The shop,domain,olga@example.org,bruno@example.org,high
                blog.example,The blog,domain,olga@example.org,bruno@example.org,high
                wiki.example,The wiki,domain,olga@example.org,,high
                news.example,The news,domain,olga@example.org,,high
                desk.example,The desk,domain,olga@example.org,,high
                old.example,Long gone,domain,olga@example.org,,high
                tenant,Our tenant,identity.tenant,olga@example.org,,high
                eager.example,Stated often,domain,eager@example.org,,low
                """, "text/csv");
        world.settle();
        world.advance(Duration.ofMinutes(1));
        for (String email : new String[] {OWNER, BACKUP, OTHER, EAGER}) {
            world.signIn(email, PASSWORD);
        }
        world.match("DELETE", "/api/v1/assets/old.example", null);
    }

    private static String api(String asset) {
        return "/api/v1/assets/" + asset + CHECK;
    }

    private static JsonNode check(String asset) {
        for (JsonNode protection :
                world.get("/api/v1/assets/" + asset + "/protections").path("protections")) {
            for (JsonNode check : protection.path("checks")) {
                if (check.path("check").asString("").equals("registrar-lock-attested")) {
                    return check;
                }
            }
        }
        throw new AssertionError("no such check");
    }

    /** What each statement on the blog is worth, newest first. */
    private List<String> standings() {
        return world.get(api("blog.example"))
                .path("items")
                .valueStream()
                .map(item -> item.path("standing").asString())
                .toList();
    }

    @Test
    void whoeverAnswersForItStatesItOnItsPage() {
        assertThat(check("blog.example").path("reason").asString()).isEqualTo("never-attested");
        assertThat(check("blog.example").path("attested").asBoolean()).isTrue();
        assertThat(world.as(OWNER, "/assets/blog.example").body())
                .contains("href=\"/assets/blog.example" + CHECK + "\"", "State it");
        String page = "/assets/blog.example" + CHECK;
        assertThat(world.as(OWNER, page).body())
                .contains("Nobody has stated anything yet", "State that this is in place", "365 days");
        Set<String> before = world.recordIds();
        assertThat(world.formOf(OWNER, page, Map.of("attested", "true", "note", "Saw the lock.")))
                .as(world.lastBody())
                .isEqualTo(303);
        assertThat(world.typesSince(before)).contains("check.attested", "check.result");
        assertThat(check("blog.example").path("outcome").asString()).isEqualTo("pass");
        assertThat(world.as(OWNER, page).body())
                .contains("Saw the lock.", "olga@example.org", "in place", "Counts until");

        world.advance(Duration.ofSeconds(2));
        assertThat(world.formOf(BACKUP, page, Map.of("attested", "false"))).isEqualTo(303);
        assertThat(check("blog.example").path("outcome").asString()).isEqualTo("fail");
        world.settle();
        JsonNode finding = world.get("/api/v1/findings?asset=blog.example").at("/items/0");
        assertThat(finding.path("check").asString()).isEqualTo("registrar-lock-attested");
        assertThat(world.get(api("blog.example")).at("/total/count").asInt()).isEqualTo(2);
        assertThat(standings()).containsExactly("counts", "replaced");

        assertThat(world.formOf(OWNER, page, Map.of("note", "Forgot."))).isEqualTo(422);
        Map<String, String> form = with(world.operator(), "Content-Type", "application/x-www-form-urlencoded");
        assertThat(world.call("POST", page, "note=Forgot.", form).body())
                .contains("Say whether it is in place", "Forgot.</textarea>");
        assertThat(world.formOf(OWNER, page, Map.of("attested", "true", "note", "x".repeat(2001))))
                .isEqualTo(422);
        assertThat(world.formOf(OWNER, page, Map.of("attested", "banana"))).isEqualTo(422);
        assertThat(world.formOf(OTHER, page, Map.of("attested", "true"))).isEqualTo(404);
        world.as(OTHER, page).is(404);
        assertThat(world.get(api("blog.example")).at("/total/count").asInt()).isEqualTo(2);
        assertThat(standings()).containsExactly("counts", "replaced");
    }

    @Test
    void programsStateItOnceForOneKeyAndOnlyWhereTheyMay() {
        Map<String, String> lead = with(lead(), "Idempotency-Key", "lock-1");
        JsonNode said = post("shop.example", lead, Map.of("attested", true, "note", "By the lead."))
                .json();
        assertThat(said.path("attested").asBoolean()).as(said.toString()).isTrue();
        assertThat(said.path("note").asString()).isEqualTo("By the lead.");
        assertThat(said.path("overdue_at").asString()).startsWith("2027-03-02");
        assertThat(check("shop.example").path("outcome").asString()).isEqualTo("pass");
        JsonNode again = post("shop.example", lead, Map.of("attested", true, "note", "By the lead."))
                .json();
        assertThat(again.path("id")).isEqualTo(said.path("id"));
        assertThat(world.get(api("shop.example")).path("items")).hasSize(1);

        for (String role : new String[] {"auditor", "agent", "prober"}) {
            Map<String, String> token = TestApp.bearer(world.token(role));
            assertThat(post("shop.example", token, Map.of("attested", false)).status())
                    .as(role)
                    .isEqualTo(403);
        }
        Map<String, String> nobodys = TestApp.bearer(world.token("owner"));
        assertThat(post("shop.example", nobodys, Map.of("attested", false)).status())
                .as("a token that stands for nobody")
                .isEqualTo(404);
        Map<String, String> auditor = TestApp.bearer(world.token("auditor"));
        assertThat(world.call("GET", api("shop.example"), null, auditor).text("/items/0/note"))
                .isEqualTo("By the lead.");
        assertThat(world.call("GET", "/assets/shop.example" + CHECK, null, auditor)
                        .body())
                .contains("Owner, backup owner or a compliance lead states this.")
                .doesNotContain("<button class=\"btn btn-primary\" id=\"in-place\"");
        assertThat(world.get(api("shop.example")).path("items")).hasSize(1);
    }

    @Test
    void refusesWhatIsNotAsked() {
        assertThat(code(post("shop.example", lead(), Map.of()))).isEqualTo("required");
        assertThat(code(post("shop.example", lead(), Map.of("attested", true, "note", "x".repeat(2001)))))
                .isEqualTo("too_long");
        assertThat(code(world.call(
                        "POST",
                        "/api/v1/assets/tenant/checks/admin-mfa/attestation",
                        Map.of("attested", true),
                        lead())))
                .as("a check that looks by itself")
                .isEqualTo("not_asked");
        assertThat(code(world.call("POST", "/api/v1/assets/tenant" + CHECK, Map.of("attested", true), lead())))
                .isEqualTo("does_not_apply");
        post("no.example", lead(), Map.of("attested", true)).is(404);
        world.call("POST", "/api/v1/assets/shop.example/checks/no-such/attestation", Map.of("attested", true), lead())
                .is(404);
        post("old.example", lead(), Map.of("attested", true)).is(409);
    }

    @Test
    void standsOnTheGapListAndInTheFrameworksAsAPersonsWord() {
        JsonNode gaps = world.get("/api/v1/coverage/gaps?asset=wiki.example&gap=never_run");
        assertThat(gaps.toString()).contains("never-attested");
        JsonNode nist = world.get("/api/v1/coverage/frameworks/nist");
        boolean found = false;
        for (JsonNode control : nist.path("controls")) {
            for (JsonNode check : control.path("checks")) {
                boolean attested = check.path("check").asString("").endsWith("-attested");
                assertThat(check.path("attested").asBoolean()).isEqualTo(attested);
                found |= attested;
            }
        }
        assertThat(found).isTrue();
        assertThat(world.call("GET", "/coverage/frameworks/nist", null, world.operator())
                        .body())
                .contains("stated by a person");
        assertThat(world.call("GET", "/checks/registrar-lock-attested", null, world.operator())
                        .body())
                .contains("Statement of a person", "href=\"/assets/wiki.example" + CHECK + "\"");
        JsonNode probe = world.get("/api/v1/checks/registrar-lock-attested").path("probe");
        assertThat(probe.path("type").asString()).isEqualTo("attestation");
        assertThat(probe.path("frequency").asString()).isEqualTo("PT8760H");
        Map<String, String> french = with(world.operator(), "Accept-Language", "fr");
        assertThat(world.call("GET", "/assets/wiki.example" + CHECK, null, french)
                        .body())
                .contains("Le domaine est verrouillé", "Déclarer que c’est en place");
    }

    /** A command line is nobody: it says whose word it writes down, and nobody else puts words into somebody's mouth. */
    @Test
    void theCommandLineSaysWhoseWordItIs() {
        Map<String, String> command = world.operator();
        assertThat(code(post("desk.example", command, Map.of("attested", true))))
                .isEqualTo("required");
        assertThat(code(post("desk.example", command, Map.of("attested", true, "by", OTHER))))
                .isEqualTo("not_theirs");
        assertThat(code(post("desk.example", command, Map.of("attested", true, "by", "nobody@example.org"))))
                .isEqualTo("not_theirs");
        assertThat(code(post("desk.example", lead(), Map.of("attested", true, "by", OWNER))))
                .isEqualTo("not_yours");
        assertThat(world.get(api("desk.example")).at("/total/count").asInt()).isZero();

        JsonNode said = post("desk.example", command, Map.of("attested", true, "by", " " + OWNER))
                .json();
        assertThat(said.path("stated_by").asString()).as(said.toString()).isEqualTo(OWNER);
        assertThat(said.path("channel").asString()).isEqualTo("command");
        JsonNode record = world.get("/api/v1/evidence/records?type=check.attested&asset=desk.example")
                .at("/items/0");
        assertThat(record.at("/record/actor/ref").asString(record.toString())).startsWith("command:");
        assertThat(record.toString()).contains("\"by\":\"p:").doesNotContain(OWNER);
    }

    @Test
    void isOnTheTimelineAndOnThePagesOfRunAndFinding() {
        String page = "/assets/news.example" + CHECK;
        assertThat(world.formOf(OWNER, page, Map.of("attested", "false"))).isEqualTo(303);
        world.settle();
        JsonNode entry = null;
        for (JsonNode one : world.get("/api/v1/assets/news.example/timeline").path("items")) {
            entry = one.path("type").asString("").equals("check.attested") ? one : entry;
        }
        assertThat(entry).isNotNull();
        assertThat(entry.toString()).contains("registrar-lock-attested", "\"attested\":false");
        assertThat(world.as(OWNER, "/assets/news.example").body())
                .contains("Stated as not in place: The domain is locked", "href=\"" + page + "\"");
        assertThat(world.as(OWNER, "/assets/news.example?timeline=findings").body())
                .contains("Stated as not in place");
        String finding = world.get("/api/v1/findings?asset=news.example")
                .at("/items/0/id")
                .asString();
        assertThat(world.as(OWNER, "/findings/" + finding).body())
                .contains("href=\"" + page + "\"", "What people stated");
        String run = check("news.example").path("run").asString();
        assertThat(world.as(OWNER, "/checks/runs/" + run).body())
                .contains("href=\"" + page + "\"", "What people stated");
        Map<String, String> french = with(world.operator(), "Accept-Language", "fr");
        assertThat(world.call("GET", "/checks/runs/" + run, null, french).body())
                .containsPattern("Il a été déclaré le [1-9] mars 2026 que");
        assertThat(world.as(OWNER, "/assets/old.example" + CHECK).body())
                .contains("The asset is retired")
                .doesNotContain("a compliance lead states this");
    }

    /** Each statement is a record that nobody can take away again. */
    @Test
    void nobodyFillsTheLogWithStatements() {
        String page = "/assets/eager.example" + CHECK;
        for (int i = 0; i < 25; i++) {
            assertThat(world.formOf(EAGER, page, Map.of("attested", "true"))).isEqualTo(i < 20 ? 303 : 429);
        }
        assertThat(world.get("/api/v1/evidence/records?type=check.attested&asset=eager.example&limit=100")
                        .path("items"))
                .hasSize(20);
    }

    private static Map<String, String> lead() {
        return TestApp.bearer(world.token("compliance"));
    }

    private static TestApp.Answer post(String asset, Map<String, String> headers, Map<String, ?> body) {
        return world.call("POST", api(asset), body, headers);
    }

    private static String code(TestApp.Answer refused) {
        refused.is(422);
        return refused.text("/errors/0/code");
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }
}
