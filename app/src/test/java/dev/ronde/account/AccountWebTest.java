package dev.ronde.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.cadence.WorkWeek;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.TestDatabase;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The account pages and API over HTTP, without a browser. */
class AccountWebTest {
    private static final String PASSWORD = "correct horse battery";

    private final TestDatabase test = TestDatabase.open(DatabaseKind.H2);
    private final AccountServer server = new AccountServer(test.database());

    @AfterEach
    void close() {
        server.close();
        test.close();
    }

    @Test
    void theSetupLinkIsInertUntilItsFormIsSentAndThenUsedUp() {
        String link = server.links.first().orElseThrow().getRawQuery();
        for (int i = 0; i < 3; i++) {
            assertThat(server.get("/setup?" + link).statusCode()).isEqualTo(200);
        }
        String code = link.replace("code=", "");
        Map<String, String> form = with(setup(code, "Léa Martin", "lea@example.org"), "language", "fr");
        HttpResponse<String> bad = server.post("/setup", with(form, "zone", "Mars/Crater"));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(bad.body()).contains("Mars/Crater", "Léa Martin").doesNotContain(PASSWORD);
        assertThat(server.post("/setup", form).statusCode()).isEqualTo(303);
        assertThat(server.get("/account").body()).contains("lea@example.org", "Mon compte");
        assertThat(server.get("/setup?" + link).statusCode()).isEqualTo(410);
        assertThat(server.post("/setup", with(form, "_csrf", server.csrf())).statusCode())
                .isEqualTo(410);
    }

    @Test
    void theFirstLinkMakesNoSecondAdministrator() {
        String link = server.links.first().orElseThrow().getRawQuery();
        admin();
        HttpResponse<String> page = server.get("/setup?" + link);
        assertThat(page.statusCode()).isEqualTo(410);
        assertThat(page.body()).contains("There is an administrator already", "Ask an administrator for an account");
        Map<String, String> form = setup(link.replace("code=", ""), "Mallory", "mallory@example.org");
        assertThat(server.post("/setup", form).statusCode()).isEqualTo(410);
        long people =
                test.database().read(handle -> handle.attach(PersonDao.class).count("mallory%", null, null));
        assertThat(people).isZero();
    }

    @Test
    void thePersonPageListsTheirTokens() {
        admin();
        server.signIn("lea@example.org", PASSWORD);
        server.post(
                "/settings/tokens",
                Map.of("_csrf", server.csrf(), "name", "nightly job", "role", "auditor", "days", "30"));
        String id = test.database()
                .read(handle -> handle.attach(PersonDao.class).findByEmailKey("lea@example.org"))
                .orElseThrow()
                .id()
                .toString();
        assertThat(server.get("/people/" + id).body()).contains("1 token", "nightly job");
        assertThat(server.post(
                                "/settings/tokens",
                                Map.of("_csrf", server.csrf(), "name", "long", "role", "auditor", "days", "366"))
                        .body())
                .contains("The days must be between 1 and 365.");
    }

    @Test
    void signsInWithACookieThatScriptsAndOtherSitesDoNotGetAndSaysWhenTheBrowserKeepsNone() {
        admin();
        HttpResponse<String> none = server.post("/login", Map.of("email", "lea@example.org", "password", PASSWORD));
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("no cookie", "/login) and sign in from there", "API token", "RONDE_BASE_URL");
        server.get("/login");
        HttpResponse<String> answer = server.post("/login", Map.of("email", "lea@example.org", "password", PASSWORD));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("ronde_session=")
                        .contains("HttpOnly", "SameSite=Lax", "Path=/")
                        .doesNotContain("Secure"));
        assertThat(server.get("/people").body()).contains("lea@example.org");
        assertThat(server.post("/logout", Map.of()).statusCode()).isEqualTo(403);
        assertThat(server.post("/logout", Map.of("_csrf", server.csrf())).statusCode())
                .isEqualTo(303);
        assertThat(server.get("/people").statusCode()).isEqualTo(303);
    }

    @Test
    void saysWhenTheAddressIsNotTheOneOfTheSettingsAndWhatAProxyKeepsToItself() {
        assertThat(server.get("/login").body()).contains("RONDE_BASE_URL", "http://ronde.example.org");
        assertThat(server.get("/login", "X-Forwarded-Host", "ronde.example.org").body())
                .contains("proxy_set_header Host");
        assertThat(server.get("/login", "X-Forwarded-Proto", "https").body()).contains("You use https");
        assertThat(server.get("/login", "Sec-Fetch-Site", "same-origin", "Referer", "http://ronde.example.org/login")
                        .body())
                .doesNotContain("RONDE_BASE_URL to the one", "Signing in may fail");
    }

    @Test
    void neverRedirectsToAnotherSite() {
        for (String target : new String[] {"//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nX: y"}) {
            assertThat(SignInPages.localPath(target)).as(target).isEqualTo("/");
        }
        assertThat(SignInPages.localPath("/assets?owner=a%40b")).isEqualTo("/assets?owner=a%40b");
    }

    @Test
    void thePersonFormRefusesAnOlderVersionAndAddsPeopleWithALink() {
        admin();
        server.signIn("lea@example.org", PASSWORD);
        HttpResponse<String> added = server.post(
                "/people",
                Map.of("_csrf", server.csrf(), "email", "marc@example.org", "name", "<b>Marc</b>", "role", "owner"));
        assertThat(added.statusCode()).isEqualTo(200);
        assertThat(added.body()).contains("/setup?code=", "&lt;b&gt;Marc").doesNotContain("<b>Marc");
        String id = test.database()
                .read(handle -> handle.attach(PersonDao.class).findByEmailKey("marc@example.org"))
                .orElseThrow()
                .id()
                .toString();
        Map<String, String> change = Map.of(
                "_csrf",
                server.csrf(),
                "version",
                "1",
                "name",
                "Marc",
                "role",
                "owner",
                "zone",
                "Europe/Paris",
                "language",
                "en",
                "active",
                "true");
        HttpResponse<String> refused = server.post("/people/" + id, change);
        assertThat(refused.statusCode()).isEqualTo(412);
        assertThat(refused.body()).contains("changed this person meanwhile");
    }

    @Test
    void theTeamFormSaysWhatIsWrongAndKeepsWhatWasTyped() {
        admin();
        server.signIn("lea@example.org", PASSWORD);
        Person team = test.database()
                .inTransaction(
                        tx -> server.room.people().findOrCreate(tx, "platform@example.org", "Platform", Actor.SYSTEM));
        HttpResponse<String> refused = members(team, "nadia@example.org\nbroken, platform@example.org");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("“broken” is not a mail address.", "no member of itself", "nadia@example.org\nbroken");
        assertThat(members(team, "nadia@example.org; omar@example.org").statusCode())
                .isEqualTo(303);
        assertThat(server.get("/people/" + team.id()).body())
                .contains(">nadia@example.org</a>", ">omar@example.org</a>");
        HttpResponse<String> stale = members(team, "");
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.body()).contains("changed this person meanwhile");
    }

    private HttpResponse<String> members(Person team, String typed) {
        return server.post(
                "/people/" + team.id() + "/members",
                Map.of("_csrf", server.csrf(), "version", String.valueOf(team.version()), "members", typed));
    }

    @Test
    void everybodyHasTheirOwnWorkingDays() {
        admin();
        server.signIn("lea@example.org", PASSWORD);
        String token = token(Role.ADMIN);
        HttpResponse<String> made = server.api(
                "POST",
                "/api/v1/people",
                token,
                "{\"email\":\"nadia@example.org\",\"working_days\":[\"sunday\",\"monday\",\"tuesday\"]}");
        JsonNode nadia = Json.tree(made.body());
        assertThat(nadia.get("working_days").toString()).isEqualTo("[\"monday\",\"tuesday\",\"sunday\"]");
        String path = "/people/" + nadia.get("id").asString();
        assertThat(server.api("PATCH", "/api/v1" + path, token, "{\"working_days\":[\"mondays\"]}", "If-Match", "*")
                        .body())
                .contains("/working_days", "monday to sunday");
        assertThat(server.get(path).body()).contains("id=\"sunday\" name=\"sunday\" value=\"true\" checked");
        Map<String, String> form = new HashMap<>(Map.of("name", "Nadia", "zone", "Asia/Dubai", "active", "true"));
        form.putAll(
                Map.of("_csrf", server.csrf(), "version", nadia.get("version").asString(), "week", "given"));
        assertThat(server.post(path, form).body()).contains("Tick at least one working day.");
        form.putAll(Map.of("thursday", "true", "sunday", "true"));
        assertThat(server.post(path, form).statusCode()).isEqualTo(303);
        assertThat(Json.tree(server.api("GET", "/api/v1" + path, token, null).body())
                        .get("working_days")
                        .toString())
                .isEqualTo("[\"thursday\",\"sunday\"]");
        Person person = test.database()
                .read(handle -> handle.attach(PersonDao.class).findByEmailKey("nadia@example.org"))
                .orElseThrow();
        assertThat(person.week()).isEqualTo(WorkWeek.ofDigits("47"));
    }

    @Test
    void theApiListsAddsAndChangesPeopleUnderTheRulesOfTheContract() {
        String token = token(Role.ADMIN);
        HttpResponse<String> made = server.api(
                "POST",
                "/api/v1/people",
                token,
                "{\"email\":\"nadia@example.org\",\"name\":\"Nadia\",\"role\":\"owner\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        String id = Json.tree(made.body()).get("id").asString();
        String etag = made.headers().firstValue("ETag").orElseThrow();
        assertThat(server.api("POST", "/api/v1/people", token, "{\"email\":\"NADIA@example.org\"}")
                        .statusCode())
                .isEqualTo(409);
        assertThat(server.api("POST", "/api/v1/people", token, "{\"email\":\"no\"}")
                        .body())
                .contains("/email", "not_an_email");
        assertThat(server.api("PATCH", "/api/v1/people/" + id, token, "{\"name\":\"N\"}")
                        .statusCode())
                .isEqualTo(428);
        assertThat(server.api("PATCH", "/api/v1/people/" + id, token, "{\"name\":\"N\"}", "If-Match", "\"99\"")
                        .statusCode())
                .isEqualTo(412);
        HttpResponse<String> changed = server.api(
                "PATCH", "/api/v1/people/" + id, token, "{\"role\":null,\"language\":\"fr\"}", "If-Match", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(Json.tree(changed.body()).get("role").isNull()).isTrue();
        assertThat(Json.tree(changed.body()).get("language").asString()).isEqualTo("fr");
        assertThat(server.api("PATCH", "/api/v1/people/" + id, token, "{\"nmae\":\"N\"}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(400);
        for (String field : List.of("name", "zone", "language", "working_days", "active")) {
            HttpResponse<String> none =
                    server.api("PATCH", "/api/v1/people/" + id, token, "{\"" + field + "\":null}", "If-Match", "*");
            assertThat(none.statusCode()).as(field).isEqualTo(422);
            assertThat(none.body()).contains("\"/" + field + "\"");
        }
        HttpResponse<String> list = server.api("GET", "/api/v1/people?q=NADIA&limit=1", token, null);
        assertThat(Json.tree(list.body()).at("/total/count").asInt()).isEqualTo(1);
        assertThat(server.api("GET", "/api/v1/people?quary=x", token, null).statusCode())
                .isEqualTo(400);
        assertThat(server.api("GET", "/api/v1/people/x", token, null).statusCode())
                .isEqualTo(404);
    }

    @Test
    void tokensAreShownOnceAndStopWhenRevoked() {
        String token = token(Role.ADMIN);
        HttpResponse<String> made =
                server.api("POST", "/api/v1/tokens", token, "{\"name\":\"ci\",\"role\":\"auditor\"}");
        assertThat(made.statusCode()).isEqualTo(201);
        String secret = Json.tree(made.body()).get("token").asString();
        String path = made.headers().firstValue("Location").orElseThrow();
        assertThat(server.api("GET", path, token, null).body()).doesNotContain(secret);
        assertThat(server.api("GET", "/api/v1/people", secret, null).statusCode())
                .isEqualTo(200);
        assertThat(server.api("POST", "/api/v1/tokens", secret, "{\"name\":\"x\",\"role\":\"admin\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(server.api("DELETE", path, token, null, "If-Match", "\"1\"").statusCode())
                .isEqualTo(204);
        assertThat(server.api("GET", "/api/v1/people", secret, null).statusCode())
                .isEqualTo(401);
        assertThat(server.api("GET", "/api/v1/people", "wrong", null).statusCode())
                .isEqualTo(401);
    }

    @Test
    void theHolidaysOfAFileAreTakenInOrTheEventThatCannotBeIsNamedInTheReadersLanguage() {
        admin();
        server.signIn("lea@example.org", PASSWORD);
        server.get("/preferences?language=fr");
        String one =
                "BEGIN:VEVENT\nDTSTART;VALUE=DATE:19700704\nRRULE:FREQ=YEARLY%s\nSUMMARY:Independence Day\nEND:VEVENT\n";
        String meeting = "BEGIN:VEVENT\nDTSTART:20260504T120000\nSUMMARY:Lunch\nEND:VEVENT\n";
        assertThat(holidays(one.formatted(";BYWEEKNO=27")))
                .contains("« Independence Day »", "(RRULE)", "Rien n’a été pris");
        assertThat(holidays(one.formatted("") + meeting))
                .contains("12 jours sont connus", "Un événement avec des heures", "2036-07-04")
                .doesNotContain("prennent bientôt fin");
        assertThat(holidays(one.formatted(";UNTIL=20260101"))).contains("prennent bientôt fin", "2025-07-04");
    }

    private String holidays(String file) {
        Map<String, String> form = Map.of("zone", "America/New_York", "_csrf", server.csrf());
        String calendar = "BEGIN:VCALENDAR\n" + file + "END:VCALENDAR\n";
        return server.upload("/people/holidays", form, "calendar", calendar).body();
    }

    private static Map<String, String> setup(String code, String name, String email) {
        return Map.of(
                "code", code,
                "name", name,
                "email", email,
                "password", PASSWORD,
                "organisation", "Acme",
                "zone", "Europe/Paris",
                "language", "en");
    }

    private void admin() {
        server.database.useTransaction(
                tx -> server.room.accounts().add(tx, "lea@example.org", "Lea", Role.ADMIN, PASSWORD, Actor.SYSTEM));
    }

    private String token(Role role) {
        return server.database
                .inTransaction(tx -> server.room.tokens().add(tx, new Tokens.Wanted("test", role, 1), Actor.SYSTEM))
                .secret();
    }

    private static Map<String, String> with(Map<String, String> form, String field, String text) {
        Map<String, String> copy = new java.util.HashMap<>(form);
        copy.put(field, text);
        return copy;
    }
}
