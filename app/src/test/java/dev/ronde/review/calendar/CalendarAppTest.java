package dev.ronde.review.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.Sql;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A calendar that is read again and again changes its events and never doubles them; taken back, it is gone. */
final class CalendarAppTest {
    private static final String PLAN = """
            {"id":"monthly","title":"Monthly review","scope":{"criticality":["high"]},"cadence":{"monthly":{"day":10}},
             "zone":"Europe/Paris","lead_time":"P14D","missed_after":"P20D"}""";

    private static final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");

    @AutoClose
    private static final TestApp app = TestApp.start(clock, Map.of(Setting.BASE_URL, "https://ronde.example.org"));

    private static int tests;

    /** Each test has two people with an asset each. */
    private final String lea = "lea" + ++tests;

    private final String tom = "tom" + tests;

    @BeforeAll
    static void plan() {
        Map<String, String> json = new HashMap<>(Map.of("Content-Type", "application/json"));
        json.put("Authorization", "Bearer " + app.app().token());
        app.call("POST", "/api/v1/plans", PLAN, json).is(201);
    }

    @BeforeEach
    void fill() {
        clock.advance(Duration.ofSeconds(1));
        for (String owner : List.of(lea, tom)) {
            app.post(
                    "/api/v1/assets",
                    Map.of(
                            "ref", "db-" + owner,
                            "name", "Base; de " + owner,
                            "kind", "service.redis",
                            "criticality", "high",
                            "owner", owner + "@example.org"));
        }
        app.settle();
    }

    @Test
    void eventsHaveTheDaysStableIdsAndGrowingSequences() {
        String path = make(Map.of("name", "Mes revues", "person", lea + "@example.org"));
        Map<String, Map<String, String>> before = events(path);
        assertThat(before).hasSizeBetween(13, 14);
        assertThat(before.values())
                .allSatisfy(event -> assertThat(event.get("SUMMARY"))
                        .contains("Base\\; de " + lea)
                        .doesNotContain("tom"))
                .allSatisfy(event -> assertThat(event.get("DTSTART;VALUE=DATE")).endsWith("10"));
        assertThat(before.keySet())
                .allSatisfy(uid -> assertThat(uid).startsWith("review-").endsWith("@ronde.example.org"));
        JsonNode review = app.get("/api/v1/reviews?asset=db-" + lea + "&state=open")
                .json()
                .at("/items/0");
        String ref = review.path("ref").asString();
        app.post("/api/v1/reviews/" + ref + "/attest", Map.of("outcome", "no_change", "note", "As it was."))
                .is(200);
        Map<String, Map<String, String>> after = events(path);
        assertThat(after.keySet()).isEqualTo(before.keySet());
        Map<String, String> done = after.values().stream()
                .filter(event -> event.get("URL").endsWith(ref))
                .findFirst()
                .orElseThrow();
        Map<String, String> open = before.get(done.get("UID"));
        assertThat(done.get("SUMMARY")).startsWith("✓ Reviewed: ");
        assertThat(Integer.parseInt(done.get("SEQUENCE"))).isGreaterThan(Integer.parseInt(open.get("SEQUENCE")));
        assertThat(done.get("LAST-MODIFIED")).isGreaterThanOrEqualTo(open.get("LAST-MODIFIED"));
    }

    @Test
    void aHostileNameStaysOneTextAndLinesAreFoldedBySeventyFiveOctetsBetweenCharacters() {
        String name = "a;b,c\\d\r\nATTENDEE:mailto:x@example.org "
                + "Überprüfung 審査 🔐 ".repeat(8).strip();
        app.app()
                .database()
                .useTransaction(tx -> tx.execute("update asset set name = ? where ref = ?", name, "db-" + lea));
        String text = app.call(
                        "GET",
                        make(Map.of("name", "Mes revues 🔐, à moi", "person", lea + "@example.org")),
                        null,
                        Map.of())
                .body();
        assertThat(text).doesNotContain("\uFFFD").contains("\r\n ");
        assertThat(text.split("\r\n"))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75));
        assertThat(text.replace("\r\n ", "").lines())
                .contains(
                        "NAME:Mes revues 🔐\\, à moi",
                        "X-WR-CALNAME:Mes revues 🔐\\, à moi",
                        "REFRESH-INTERVAL;VALUE=DURATION:PT4H")
                .anyMatch(line -> line.startsWith("SUMMARY:")
                        && line.endsWith(name.replace("\\", "\\\\")
                                .replace(";", "\\;")
                                .replace(",", "\\,")
                                .replace("\r\n", "\\n")));
    }

    @Test
    void whenTheSequenceGrowsTheTimeOfTheChangeDoes() {
        String path = make(Map.of("name", "Alle", "person", lea + "@example.org"));
        String ref = app.get("/api/v1/reviews?asset=db-" + lea + "&state=open").text("/items/0/ref");
        String at = "/api/v1/reviews/" + ref + "/";
        grows(path, ref, () -> app.post(at + "snooze", Map.of("until", "2026-03-09")));
        grows(path, ref, () -> app.post(at + "delegate", Map.of("to", tom + "@example.org")));
        grows(path, ref, () -> app.post(at + "attest", Map.of("outcome", "no_change")));
        grows(path, "", () -> {
            Map<String, String> json = new HashMap<>(Map.of("Content-Type", "application/json"));
            json.put("Authorization", "Bearer " + app.app().token());
            json.put("If-Match", app.get("/api/v1/plans/monthly").header("ETag"));
            return app.call("PUT", "/api/v1/plans/monthly", PLAN.replace("Monthly review", "Monthly look"), json);
        });
    }

    /** Any event whose sequence grew by this says when, and reading it again says the same. */
    private void grows(String path, String ref, Supplier<TestApp.Answer> act) {
        Map<String, Map<String, String>> before = events(path);
        clock.advance(Duration.ofMinutes(3));
        TestApp.Answer answer = act.get().is(200);
        String first = app.call("GET", path, null, Map.of()).body();
        Map<String, Map<String, String>> after = events(path);
        List<Map<String, String>> grown = after.values().stream()
                .filter(event -> before.containsKey(event.get("UID")))
                .filter(event -> !event.get("SEQUENCE")
                        .equals(before.get(event.get("UID")).get("SEQUENCE")))
                .toList();
        assertThat(grown).as(answer.body()).anyMatch(event -> event.get("URL").endsWith(ref));
        String now = clock.instant().toString().replaceAll("[-:]|\\.\\d+", "");
        assertThat(grown)
                .allSatisfy(event ->
                        assertThat(event).containsEntry("LAST-MODIFIED", now).containsEntry("DTSTAMP", now));
        clock.advance(Duration.ofMinutes(3));
        assertThat(app.call("GET", path, null, Map.of()).body()).isEqualTo(first);
    }

    @Test
    void membersFindWhatTheirTeamOwns() {
        int ofTom = events(make(Map.of("name", "Tom", "person", tom + "@example.org")))
                .size();
        String path = make(Map.of("name", "Mine", "person", lea + "@example.org"));
        int own = events(path).size();
        app.app()
                .database()
                .useTransaction(tx -> tx.execute(
                        "insert into team_member (team_id, member_id)"
                                + " select t.id, m.id from person t join person m on m.email_key = ?"
                                + " where t.email_key = ?",
                        lea + "@example.org",
                        tom + "@example.org"));
        assertThat(events(path)).as("open and to come").hasSize(own + ofTom);
    }

    @Test
    void theSameCalendarIsNotSentTwiceAndARetiredAssetCancelsItsEvents() {
        String path = make(Map.of("name", "Alle", "person", tom + "@example.org"));
        TestApp.Answer first = app.call("GET", path, null, Map.of());
        assertThat(first.header("Content-Type")).isEqualTo("text/calendar; charset=utf-8");
        app.call("GET", path, null, Map.of("If-None-Match", first.header("ETag")))
                .is(304);
        Map<String, String> match = new HashMap<>(app.operator());
        match.put("If-Match", app.get("/api/v1/assets/db-" + tom).header("ETag"));
        assertThat(app.call("DELETE", "/api/v1/assets/db-" + tom, null, match).status())
                .isBetween(200, 204);
        clock.advance(Duration.ofMinutes(5));
        app.settle();
        assertThat(events(path).values())
                .anySatisfy(event -> assertThat(event.get("STATUS")).isEqualTo("CANCELLED"));
    }

    @Test
    void whatIsTakenBackOrMayNoLongerBeSeenIsGone() {
        String path = make(Map.of("name", "Mine", "person", lea + "@example.org"));
        assertThat(app.get("/api/v1/calendar-feeds").body()).doesNotContain(path.replaceAll(".*/|\\.ics", ""));
        String id = app.get("/api/v1/calendar-feeds").text("/items/0/id");
        app.post("/api/v1/calendar-feeds/" + id + "/revoke", null).is(204);
        app.call("GET", path, null, Map.of()).is(404);
        app.call("GET", "/ical/nothing.ics", null, Map.of()).is(404);
        app.post("/api/v1/calendar-feeds", Map.of("name", "All", "person", lea + "@example.org", "everybody", true))
                .is(422);
        app.post("/api/v1/calendar-feeds", Map.of("name", "All")).is(422);
        assertThat(app.post(
                                "/api/v1/calendar-feeds",
                                Map.of("name", "All", "person", lea + "@example.org", "plan", "none"))
                        .text("/errors/0/pointer"))
                .isEqualTo("/plan");
    }

    @Test
    void theAddressOfWhoLeavesIsGoneForGood() {
        String leas = make(Map.of("name", "Mine", "person", lea + "@example.org"));
        app.post("/api/v1/people", Map.of("email", "ada@example.org", "name", "Ada", "role", "auditor"));
        String adas = make(Map.of("name", "All", "person", "ada@example.org", "everybody", true));
        String ada = app.get("/api/v1/people?q=ada@example.org").text("/items/0/id");
        long before = revoked();
        active(ada, false);
        app.call("GET", adas, null, Map.of()).is(404);
        assertThat(app.get("/api/v1/calendar-feeds").body()).doesNotContain("ada@example.org");
        active(ada, true);
        app.call("GET", adas, null, Map.of()).is(404);
        app.call("GET", leas, null, Map.of()).is(200);
        assertThat(revoked() - before).isEqualTo(1);
        String anew = make(Map.of("name", "All", "person", "ada@example.org", "everybody", true));
        app.call("GET", anew, null, Map.of()).is(200);
    }

    private static long revoked() {
        return Sql.number(
                app.app().database(), "select count(*) from evidence_record where rec_type = 'calendar.revoked'");
    }

    private void active(String person, boolean active) {
        Map<String, String> headers = new HashMap<>(app.operator());
        headers.put("Content-Type", "application/merge-patch+json");
        headers.put("If-Match", app.get("/api/v1/people/" + person).header("ETag"));
        app.call("PATCH", "/api/v1/people/" + person, "{\"active\":" + active + "}", headers)
                .is(200);
    }

    private String make(Map<String, Object> wanted) {
        TestApp.Answer answer = app.post("/api/v1/calendar-feeds", wanted).is(201);
        return answer.text("/url").replace("https://ronde.example.org", "");
    }

    /** Each event by its UID, as name and value. */
    private Map<String, Map<String, String>> events(String path) {
        TestApp.Answer answer = app.call("GET", path, null, Map.of()).is(200);
        String text = answer.body().replace("\r\n ", "");
        return Arrays.stream(text.split("BEGIN:VEVENT\r\n"))
                .skip(1)
                .map(event -> Arrays.stream(event.split("\r\n"))
                        .filter(line -> !line.startsWith("END:"))
                        .map(line -> line.split(":", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])))
                .collect(Collectors.toMap(event -> event.get("UID"), event -> event));
    }
}
