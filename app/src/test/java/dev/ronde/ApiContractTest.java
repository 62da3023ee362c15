package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.http.OpenApi;
import dev.ronde.platform.http.Role;
import dev.ronde.platform.http.WebServer;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The API as the router really holds it: described, guarded, strict. */
final class ApiContractTest {
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(new TestClock(), Map.of());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
        TreeSet<String> routed = new TreeSet<>();
        app.app().declaredRoutes().stream()
                .filter(route ->
                        route.path().startsWith("/api/v1/") && !route.method().equals("HEAD"))
                .forEach(route -> routed.add(route.method() + " " + route.path()));
        TreeSet<String> described =
                new TreeSet<>(new OpenApi("test").operations().keySet());
        described.removeIf(operation -> operation.endsWith("/test/clock"));
        assertThat(app.get("/api/openapi.yaml").body()).contains("/check-runs:").doesNotContain("/test/clock");
        assertThat(described).isEqualTo(routed);
    }

    /** Walks every route with every role: what a role may not do is 403, without a token 401, and nothing answers 500. */
    @Test
    void everyRouteAnswersEveryRoleAsDeclared() {
        Map<Role, String> tokens = new HashMap<>();
        for (Role role : Role.values()) {
            JsonNode made = app.post(
                            "/api/v1/tokens", Map.of("name", "walk " + role.word(), "role", role.word(), "days", 1))
                    .json();
            tokens.put(role, made.path("token").asString(""));
        }
        List<String> wrong = new ArrayList<>();
        for (WebServer.Declared route : app.app().declaredRoutes()) {
            if (!route.path().startsWith("/api/v1/") || route.method().equals("HEAD")) {
                continue;
            }
            String path = route.path().replaceAll("\\{[^}]+}", "no-such-thing");
            int anonymous = app.call(route.method(), path, null, Map.of()).status();
            if (anonymous != 401 && !route.access().open()) {
                wrong.add("without token: " + anonymous + " " + route);
            }
            for (Role role : Role.values()) {
                int status = app.call(route.method(), path, null, Map.of("Authorization", "Bearer " + tokens.get(role)))
                        .status();
                boolean refused = status == 403;
                if (!route.access().allows(role) && !refused) {
                    wrong.add(role + " is let in: " + status + " " + route);
                }
                if (route.access().allows(role) && status == 401 || status >= 500) {
                    wrong.add(role + " gets " + status + " " + route);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void unknownParametersAreRefusedEverywhere() {
        List<String> wrong = new ArrayList<>();
        for (WebServer.Declared route : app.app().declaredRoutes()) {
            if (route.path().startsWith("/api/v1/") && route.method().equals("GET")) {
                String path = route.path().replaceAll("\\{[^}]+}", "no-such-thing") + "?no_such_parameter=1";
                TestApp.Answer answer = app.get(path);
                if (answer.status() != 400) {
                    wrong.add(answer.status() + " " + route);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Whatever changes something and asks for no body refuses one: nobody believes that what was sent was heard. */
    @Test
    void whereNoBodyIsAskedForOneIsRefused() {
        OpenApi openApi = new OpenApi("test");
        List<String> wrong = new ArrayList<>();
        for (WebServer.Declared route : changing()) {
            if (takesBody(openApi, route.method() + " " + route.path())) {
                continue;
            }
            for (String body : List.of("{\"comment\":\"x\"}", "{broken", "[]", "null", "x=1")) {
                TestApp.Answer answer = sent(route, body);
                if (answer.status() != 400 || !answer.header("Content-Type").startsWith("application/problem+json")) {
                    wrong.add(body + ": " + answer.status() + " " + route);
                }
            }
            for (String nothing : List.of("", " ", "{}", "{ }")) {
                TestApp.Answer answer = sent(route, nothing);
                if (answer.status() == 400 || answer.status() == 415 || answer.status() >= 500) {
                    wrong.add("\"" + nothing + "\": " + answer.status() + " " + route);
                }
            }
        }
        assertThat(wrong).isEmpty();
        TestApp.Answer answer = app.post("/api/v1/probing/resume", Map.of("reason", "over", "x~/y", 1));
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("pointer").asString("") + " "
                        + error.path("code").asString(""))
                .containsExactlyInAnyOrder("/reason unknown_field", "/x~0~1y unknown_field");
        assertThat(answer.json().path("detail").asString("")).contains("2 fields cannot be accepted");
    }

    /** And where one is asked for, a field that nobody knows is named. */
    @Test
    void aFieldThatNobodyKnowsIsRefusedWhereABodyIsAskedFor() {
        OpenApi openApi = new OpenApi("test");
        List<String> wrong = new ArrayList<>();
        for (WebServer.Declared route : changing()) {
            String operation = route.method() + " " + route.path();
            boolean json = takesBody(openApi, operation)
                    && !operation.endsWith("/import")
                    && !operation.equals("POST /api/v1/inbox")
                    && !route.path().contains("{");
            if (json) {
                TestApp.Answer answer = sent(route, "{\"no_such_field\":1}");
                if (answer.status() != 400 || !answer.body().contains("no_such_field")) {
                    wrong.add(answer.status() + " " + route + " " + answer.body());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What cannot be read is said; it is not left out of the question. */
    @Test
    void whatCannotBeReadIsSaid() {
        for (String query : List.of("%zz=1", "owner=%ff", "owner=%")) {
            TestApp.Answer answer = raw("/api/v1/assets?" + query);
            assertThat(answer.status()).as(query + answer.body()).isEqualTo(400);
            assertThat(answer.json().path("code").asString("")).isEqualTo("bad_parameter");
        }
        assertThat(raw("/api/v1/assets?owner=%EF%BF%BD").status()).isEqualTo(200);
        assertThat(raw("/api/v1/assets/%ff").body()).contains("cannot be read", "%25");
    }

    /** A GET of an address that a client's library would not send. */
    private static TestApp.Answer raw(String address) {
        try (Socket socket = new Socket("127.0.0.1", app.address().getPort())) {
            socket.getOutputStream()
                    .write(("GET " + address + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + app.app().token() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new TestApp.Answer(
                    Integer.parseInt(answer.substring(9, 12)),
                    answer.substring(answer.indexOf("\r\n\r\n") + 4),
                    Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<WebServer.Declared> changing() {
        return app.app().declaredRoutes().stream()
                .filter(route -> route.path().startsWith("/api/v1/")
                        && Set.of("POST", "PUT", "PATCH", "DELETE").contains(route.method())
                        && !route.path().endsWith("/test/clock"))
                .toList();
    }

    private static TestApp.Answer sent(WebServer.Declared route, String body) {
        String path = route.path().replaceAll("\\{[^}]+}", "no-such-thing");
        return app.call(
                route.method(),
                path,
                body,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json"));
    }

    /** What answers with items is a list, and every list goes page by page; only reports have items of their own. */
    @Test
    void everyListGoesPageByPage() {
        Set<String> reports = Set.of("/api/v1/forecast", "/api/v1/evidence/redactions");
        List<String> wrong = new ArrayList<>();
        for (WebServer.Declared route : app.app().declaredRoutes()) {
            String path = route.path();
            if (!path.startsWith("/api/v1/") || !route.method().equals("GET") || path.contains("{")) {
                continue;
            }
            TestApp.Answer whole = app.get(path);
            boolean list = whole.status() == 200
                    && whole.header("Content-Type").startsWith("application/json")
                    && whole.json().path("items").isArray()
                    && !reports.contains(path);
            if (list) {
                TestApp.Answer page = app.get(path + "?limit=1");
                boolean shaped = page.status() == 200
                        && page.json().has("next_cursor")
                        && page.json().at("/total/count").isNumber();
                if (!shaped) {
                    wrong.add(page.status() + " " + path);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatBelongsToOnePersonOrZoneGoesPageByPageToo() {
        JsonNode person = app.post("/api/v1/people", Map.of("email", "desk@example.org", "name", "The desk"))
                .json();
        String one = "/api/v1/people/" + person.path("id").asString("");
        for (int month = 1; month <= 3; month++) {
            Map<String, Object> leave = Map.of(
                    "from", "2099-0" + month + "-01", "until", "2099-0" + month + "-05", "note", "away " + month);
            assertThat(app.post(one + "/absences", leave).status()).isEqualTo(201);
        }
        pages(one + "/absences", "note", List.of("away 3", "away 2", "away 1"));
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + app.app().token(), "If-Match", "*");
        TestApp.Answer changed = app.call(
                "PUT",
                one + "/members",
                Map.of("members", List.of("a@example.org", "b@example.org", "c@example.org")),
                headers);
        assertThat(changed.json().path("items")).as(changed.body()).hasSize(3);
        pages(one + "/members", "email", List.of("a@example.org", "b@example.org", "c@example.org"));
        String calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n"
                + "BEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20260301\r\nSUMMARY:One\r\nEND:VEVENT\r\n"
                + "BEGIN:VEVENT\r\nUID:2\r\nDTSTART;VALUE=DATE:20260302\r\nSUMMARY:Two\r\nEND:VEVENT\r\n"
                + "BEGIN:VEVENT\r\nUID:3\r\nDTSTART;VALUE=DATE:20260303\r\nSUMMARY:Three\r\nEND:VEVENT\r\n"
                + "END:VCALENDAR\r\n";
        TestApp.Answer imported = app.call(
                "POST",
                "/api/v1/holidays/import?zone=Europe/Berlin",
                calendar,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "text/calendar"));
        assertThat(imported.status()).as(imported.body()).isEqualTo(200);
        pages("/api/v1/holidays", "name", List.of("One", "Two", "Three"));
        assertThat(app.get("/api/v1/holidays?zone=Europe/Berlin")
                        .json()
                        .at("/total/count")
                        .asInt())
                .isEqualTo(3);
        assertThat(app.get("/api/v1/holidays?zone=Asia/Tokyo").json().at("/items"))
                .isEmpty();
        assertThat(app.get("/api/v1/holidays?zone=Berlin").status()).isEqualTo(400);
    }

    /** The list in pages of two. */
    private static void pages(String path, String field, List<String> expected) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = app.get(path + "?limit=2" + cursor).json();
            assertThat(page.path("items").size()).as(page.toString()).isBetween(1, 2);
            assertThat(page.at("/total/count").asInt()).isEqualTo(expected.size());
            page.path("items").forEach(item -> found.add(item.path(field).asString("")));
            cursor = page.path("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void problemsSayWhatToDoAndCarryTheRequestId() {
        TestApp.Answer answer = app.get("/api/v1/jobs/not-a-job");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("instance").asString(""))
                .isEqualTo("urn:request:" + answer.header("X-Request-Id"));
        assertThat(answer.json().path("detail").asString("")).isEqualTo("There is no job not-a-job.");
    }

    @Test
    void aMethodThatIsNotThereIsAProblemThatNamesTheOthers() {
        TestApp.Answer answer = app.call("DELETE", "/api/v1/assets", null);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.header("Allow")).contains("GET", "POST");
        assertThat(answer.json().path("code").asString("")).isEqualTo("method_not_allowed");
    }

    @Test
    void theSameKeyNeverActsTwiceAndKeepsNoSecret() {
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + app.app().token(), "Idempotency-Key", "key-1");
        Map<String, Object> body = Map.of("name", "once", "role", "auditor", "days", 1);
        TestApp.Answer first = app.call("POST", "/api/v1/tokens", body, headers);
        TestApp.Answer second = app.call("POST", "/api/v1/tokens", body, headers);
        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.json().path("code").asString("")).isEqualTo("shown_once");
        String secret = first.json().path("token").asString("");
        Long kept = app.app()
                .database()
                .read(handle -> handle.createQuery("select count(*) from idempotency where body like :secret")
                        .bind("secret", "%" + secret + "%")
                        .mapTo(Long.class)
                        .one());
        assertThat(kept).isZero();
        assertThat(app.call("POST", "/api/v1/tokens", Map.of("name", "other", "role", "auditor"), headers)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aKeyWhoseProcessWasKilledSaysSoAfterMinutesAndActsNoSecondTime() {
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + app.app().token(), "Idempotency-Key", "key-of-a-killed-process");
        Map<String, Object> body = Map.of("email", "once@example.org", "name", "Once");
        assertThat(app.call("POST", "/api/v1/people", body, headers).status()).isEqualTo(201);
        unanswered(0);
        assertThat(app.call("POST", "/api/v1/people", body, headers)
                        .json()
                        .path("code")
                        .asString(""))
                .isEqualTo("still_running");
        unanswered(6);
        assertThat(app.call("POST", "/api/v1/people", Map.of("email", "other@example.org"), headers)
                        .status())
                .isEqualTo(422);
        assertThat(app.call("POST", "/api/v1/people", body, headers)
                        .json()
                        .path("code")
                        .asString(""))
                .isEqualTo("outcome_unknown");
    }

    /** Leaves the key as a process does that is killed while it carries the request out, so many minutes ago. */
    private static void unanswered(int minutes) {
        app.app().database().useTransaction(handle -> {
            Instant begun = handle.createQuery(
                            "select created_at from idempotency where idempotency_key = 'key-of-a-killed-process'")
                    .mapTo(Instant.class)
                    .one();
            handle.createUpdate("""
                            update idempotency set status = null, created_at = :begun
                             where idempotency_key = 'key-of-a-killed-process'""")
                    .bind("begun", begun.minus(Duration.ofMinutes(minutes)))
                    .execute();
        });
    }

    private static boolean takesBody(OpenApi openApi, String operation) {
        OpenApi.Operation declared = openApi.operations().get(operation);
        return declared != null && declared.takesBody();
    }
}
