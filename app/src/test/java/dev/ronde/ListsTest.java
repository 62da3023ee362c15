package dev.ronde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.platform.http.Cursor;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every list of the API: it pages to its end, an unknown filter value finds nothing, a foreign cursor is a 400. */
@Tag("long")
final class ListsTest {
    private static final int ASSETS = 25;
    private static TestApp app;

    @BeforeAll
    static void start(@TempDir Path checks) throws IOException {
        TestClock clock = new TestClock();
        Path framework = checks.resolve("frameworks/own.yaml");
        Files.createDirectories(checks.resolve("frameworks"));
        Files.writeString(framework, "id: own\nname: Own\nversion: \"1\"\nbasis: ours\ncontrols: {rule-1: Rule 1}\n");
        app = TestApp.start(clock, Map.of(Setting.CHECKS, checks.toString()));
        StringBuilder csv = new StringBuilder("ref,name,kind,owner_email,criticality\n");
        for (int i = 0; i < ASSETS; i++) {
            csv.append("srv-%03d,Server %d,host.linux,owner%d@example.org,high\n".formatted(i, i, i));
        }
        String token = "Bearer " + app.app().token();
        app.call(
                "POST",
                "/api/v1/assets/import",
                csv.toString(),
                Map.of("Authorization", token, "Content-Type", "text/csv"));
        String plan = """
                id: monthly
                title: Monthly
                scope: {}
                cadence: {every: P1M, anchor: 2026-03-10}
                frameworks: ["own:rule-1"]
                """;
        app.call("POST", "/api/v1/plans", plan, Map.of("Authorization", token, "Content-Type", "application/yaml"));
        clock.advance(Duration.ofDays(1));
        app.settle();
        for (int i = 0; i < 3; i++) {
            app.post("/api/v1/evidence/exports", Map.of("from", "2026-03-01", "to", "2026-03-0" + (i + 1)));
        }
        app.settle();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static List<String> walk(String path, String key, int limit) {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = app.get(path + "limit=" + limit + cursor).json();
            assertThat(page.path("items").size()).as(page.toString()).isBetween(1, limit);
            page.path("items").forEach(item -> seen.add(item.path(key).asString("")));
            String next = page.path("next_cursor").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        JsonNode total = app.get(path + "limit=1").json().path("total");
        if (total.path("type").asString().equals("exact")) {
            assertThat(seen).hasSize(total.path("count").asInt());
        } else {
            assertThat(seen).hasSizeGreaterThanOrEqualTo(total.path("count").asInt());
        }
        assertThat(new HashSet<>(seen)).hasSize(seen.size());
        return seen;
    }

    @Test
    void everyListPagesToItsEndWithoutGapOrDouble() {
        assertThat(walk("/api/v1/assets?", "ref", 7)).hasSize(ASSETS);
        assertThat(walk("/api/v1/people?", "email", 7)).hasSizeGreaterThanOrEqualTo(ASSETS);
        assertThat(walk("/api/v1/check-runs?", "id", 50)).hasSizeGreaterThanOrEqualTo(2 * ASSETS);
        assertThat(walk("/api/v1/reviews?state=open&", "ref", 7)).hasSize(ASSETS);
        assertThat(walk("/api/v1/mails?", "id", 7)).hasSizeGreaterThanOrEqualTo(ASSETS);
        walk("/api/v1/evidence/records?", "id", 60);
        walk("/api/v1/checks?", "id", 2);
        assertThat(walk("/api/v1/evidence/exports?", "id", 2)).hasSize(3);
        walk("/api/v1/assets/srv-001/timeline?", "id", 1);
        assertThat(app.get("/api/v1/assets/srv-001/timeline").json().path("items"))
                .extracting(entry -> entry.path("type").asString(""))
                .contains("notice.assigned")
                .allSatisfy(type -> assertThat(type).matches("[a-z]+\\.[a-z_-]+"));
    }

    @ParameterizedTest
    @CsvSource({
        "checks, title",
        "checks, id",
        "assets, name",
        "people, email",
        "people, zone",
        "reviews, due_on",
        "reviews, asset",
        "mails, about",
        "check-runs, check",
        "evidence/records, type",
        "coverage/gaps, gap"
    })
    void aListIsSortedByAnyFieldOfItsItems(String list, String field) {
        List<String> up = values(list + "?limit=500&sort=" + field, field);
        assertThat(up).hasSizeGreaterThanOrEqualTo(ASSETS).isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
        assertThat(values(list + "?limit=500&sort=-" + field, field))
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER.reversed());
        TestApp.Answer answer = app.get("/api/v1/" + list + "?sort=nope");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("write one of", field);
    }

    @Test
    void aSortedListPagesToItsEndAndLevelsStandInTheirOrder() {
        List<String> refs = walk("/api/v1/assets?", "ref", 500);
        assertThat(walk("/api/v1/assets?sort=-name&", "ref", 7)).containsExactlyInAnyOrderElementsOf(refs);
        List<String> severities = values("checks?limit=500&sort=-severity", "severity");
        assertThat(severities).startsWith("critical").containsSubsequence("critical", "high", "medium");
    }

    private static List<String> values(String list, String field) {
        List<String> values = new ArrayList<>();
        app.get("/api/v1/" + list).json().path("items").forEach(item -> {
            if (item.hasNonNull(field)) {
                values.add(item.path(field).asString(""));
            }
        });
        return values;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/assets", "/people", "/reviews", "/mails", "/checks/runs", "/coverage/gaps", "/coverage/assets"
            })
    void theHeadingsOfAPageSortItBothWays(String page) {
        List<String> links = sorting(app.get(page).body());
        assertThat(links).isNotEmpty();
        for (String link : links) {
            TestApp.Answer sorted = app.get(page + link.replace("&amp;", "&"));
            assertThat(sorted.status()).as(link + sorted.body()).isEqualTo(200);
            assertThat(sorted.body()).contains("aria-sort=\"ascending\"");
            assertThat(sorting(sorted.body())).contains(link.replace("sort=", "sort=-"));
        }
    }

    @Test
    void aListWithoutAnyOwnerIsSortedByOwnerToo() {
        assertThat(app.get("/assets?unowned=true&sort=owner.name").status()).isEqualTo(200);
    }

    private static List<String> sorting(String page) {
        return Pattern.compile("href=\"(\\?[^\"]*sort=[^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .filter(link -> !link.contains("cursor="))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reviews?asset=nope",
                "reviews?plan=nope",
                "reviews?owner=nope@example.org",
                "check-runs?asset=nope",
                "check-runs?check=nope",
                "findings?asset=nope",
                "findings?check=nope",
                "findings?owner=nope@example.org",
                "waivers?asset=nope",
                "assets?owner=nope@example.org",
                "assets?kind=nope",
                "mails?person=nope@example.org",
                "evidence/records?asset=nope",
                "assets/srv-001/snapshots?source=nope"
            })
    void anUnknownFilterValueFindsNothing(String list) {
        TestApp.Answer answer = app.get("/api/v1/" + list);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("items")).isEmpty();
        assertThat(answer.json().path("total").path("count").asInt(-1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/checks/runs?asset=nope", "/findings?asset=nope", "/waivers?asset=nope"})
    void soDoThePages(String page) {
        assertThat(app.get(page).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assets",
                "people",
                "check-runs",
                "findings",
                "waivers",
                "reviews",
                "plans",
                "mails",
                "tokens",
                "evidence/records",
                "evidence/exports",
                "evidence/freezes",
                "requests",
                "assets/srv-001/timeline",
                "assets/srv-001/snapshots"
            })
    void aForeignCursorIsRefused(String list) {
        for (String values : List.of("x", "x\u001fy", "\u001f", "x\u001fy\u001fz")) {
            String cursor = Cursor.of((Object[]) values.split("\u001f", -1)).encode();
            TestApp.Answer answer = app.get("/api/v1/" + list + "?cursor=" + cursor);
            assertThat(answer.status()).as(values + answer.body()).isEqualTo(400);
            assertThat(answer.json().path("code").asString("")).isEqualTo("bad_cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"assets", "people", "reviews", "mails", "evidence/records"})
    void aCursorThatWasCutShortOrMistypedIsRefused(String list) {
        String cursor = app.get("/api/v1/" + list + "?limit=1")
                .json()
                .path("next_cursor")
                .asString();
        List<String> broken = new ArrayList<>();
        for (int length = 1; length < cursor.length(); length++) {
            broken.add(cursor.substring(0, length));
        }
        broken.add(cursor.substring(1));
        broken.add(cursor.substring(0, cursor.length() - 2) + (cursor.endsWith("AA") ? "BA" : "AA"));
        assertThat(broken).allSatisfy(text -> {
            TestApp.Answer answer = app.get("/api/v1/" + list + "?limit=1&cursor=" + text);
            assertThat(answer.status()).as(text + answer.body()).isEqualTo(400);
            assertThat(answer.json().path("code").asString()).isEqualTo("bad_cursor");
        });
    }

    /** A cursor goes on with the list and the filters it was given for, on pages of any length, and nowhere else. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assets?limit=1 | assets?limit=1&criticality=high",
                "assets?limit=1&criticality=high | assets?limit=1",
                "assets?limit=1&criticality=high | assets?limit=1&criticality=low",
                "people?limit=1 | mails?limit=1",
                "mails?limit=1 | people?limit=1",
                "mails?limit=1 | tokens",
                "reviews?limit=1 | reviews?limit=1&state=open",
                "check-runs?limit=1 | evidence/records?limit=1",
                "check-runs?limit=1 | probe-log",
                "assets/srv-001/timeline?limit=1 | assets/srv-002/timeline?limit=1",
                "evidence/exports?limit=1 | plans",
            })
    void aCursorOfAnotherListOrFilterIsRefused(String given, String other) {
        String cursor = app.get("/api/v1/" + given).json().path("next_cursor").asString("");
        assertThat(cursor).isNotEmpty();
        TestApp.Answer foreign = app.get("/api/v1/" + other + (other.contains("?") ? "&" : "?") + "cursor=" + cursor);
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(400);
        assertThat(foreign.json().path("code").asString()).isEqualTo("bad_cursor");
        assertThat(foreign.json().path("detail").asString()).contains("another list or for other filters");
        String longer = given.replace("limit=1", "limit=3");
        TestApp.Answer own = app.get("/api/v1/" + longer + "&cursor=" + cursor);
        assertThat(own.status()).as(own.body()).isEqualTo(200);
        String turned = longer.replaceFirst("\\?(.*)", "?cursor=" + cursor + "&$1");
        assertThat(app.get("/api/v1/" + turned).body()).isEqualTo(own.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "evidence/exports | [] | 422 |  | write an object.",
                "evidence/exports | {\"from\":\"2026-03-01\",\"to\":\"2026-03-02\",\"assets\":\"srv-001\"} | 422 | /assets | write an array.",
                "reviews/REV-1001/problem | {\"text\":5} | 422 | /text | write a text in quotes.",
                "reviews/REV-1001/problem | {\"text\":true} | 422 | /text | write a text in quotes.",
                "people | {\"email\":\"a@example.org\",\"name\":[\"A\"]} | 422 | /name | write a text in quotes.",
                "tokens | {\"name\":\"t\",\"role\":\"admin\",\"days\":\"7\"} | 422 | /days | write a whole number.",
                "tokens | {\"name\":\"t\",\"role\":\"admin\",\"days\":7.5} | 422 | /days | write a whole number.",
            })
    void aValueOfTheWrongTypeIsNamedInWordsOfTheApi(
            String path, String body, int status, String pointer, String words) {
        TestApp.Answer answer = app.call(
                "POST",
                "/api/v1/" + path,
                body,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains(words).doesNotContain("dev.ronde", "java.", "JsonToken");
        assertThat(answer.json().path("errors").path(0).path("pointer").asString(""))
                .isEqualTo(pointer == null ? "" : pointer);
    }

    @Test
    void anExportOfWhatNeverWasIsRefusedAndNamed() {
        TestApp.Answer answer = app.post(
                "/api/v1/evidence/exports",
                Map.of(
                        "from",
                        "2026-03-01",
                        "to",
                        "2026-03-31",
                        "frameworks",
                        List.of("iso27001", "iso2701", "iso27001:Z.1", "own:rule-1"),
                        "assets",
                        List.of("srv-001", "SRV-001")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().path("errors"))
                .extracting(error -> error.path("pointer").asString(""))
                .containsExactly("/frameworks/1", "/frameworks/2", "/assets/1");
        assertThat(answer.body()).contains("There is no framework iso2701. Known: ", "own", "There never was an asset");

        String form = "from=2026-03-01&to=2026-03-31&frameworks=iso2701&assets=nope";
        TestApp.Answer page = app.call(
                "POST",
                "/evidence/exports",
                form,
                Map.of(
                        "Authorization",
                        "Bearer " + app.app().token(),
                        "Content-Type",
                        "application/x-www-form-urlencoded"));
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.body()).contains("named by no check and no plan", "One of these assets never existed");
    }
}
