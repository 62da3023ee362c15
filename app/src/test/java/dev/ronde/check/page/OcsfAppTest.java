package dev.ronde.check.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.check.run.HostileChecksAppTest;
import dev.ronde.platform.config.Setting;
import dev.ronde.platform.json.Json;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Results as OCSF events: one for each run, with what it found and nothing more than its record tells. */
final class OcsfAppTest {
    private static final TestClock CLOCK = TestClock.at("2026-11-25T09:00:00Z");
    private static final String EVENTS = "/api/v1/check-runs.ocsf";
    /** Stands in the pushed document; no check keeps it. */
    private static final String UNKEPT = "finance-laptop-of-anna";

    private static final Map<String, Integer> SEVERITY =
            Map.of("info", 1, "low", 2, "medium", 3, "high", 4, "critical", 5);

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("on-windows.yaml"),
                HostileChecksAppTest.SOUND
                        .formatted("on-windows")
                        .replace(
                                "require:\n",
                                "applicable:\n  - {id: windows, expr: \"facts.os.family == 'windows'\", reason: not-windows}\nrequire:\n"));
        estate = CheckedEstate.start(CLOCK, Map.of(Setting.CHECKS, folder.toString()));
        estate.asset("host-1", "host.server", "owner", "anna@example.org");
        estate.asset("host-2", "host.server", "owner", "bela@example.org");
        estate.asset("cache-1", "service.redis", "owner", "anna@example.org", "address", "192.0.2.7", "port", 6379);
        estate.asset("fleet-1", "host.server", "owner", "bela@example.org");
        estate.settle();
        estate.pushed("host-1", "host.v1", host(false));
        estate.pushed("host-2", "host.v1", host(true));
        estate.pushed("fleet-1", "host.v1", "{'os':{'family':'linux','supported':true},'ssh':{'running':false}}");
        CLOCK.advance(Duration.ofHours(1));
        estate.settle();
    }

    private static String host(boolean encrypted) {
        return CheckedEstate.host(encrypted).replaceFirst("\\{", "{'hostname':'" + UNKEPT + "',");
    }

    private static List<JsonNode> events(String query) {
        TestApp.Answer answer = estate.app.get(EVENTS + query).is(200);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        return answer.body().lines().map(Json::tree).toList();
    }

    private static List<JsonNode> runs() {
        List<JsonNode> runs = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = estate.app
                    .get("/api/v1/check-runs?limit=500" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.path("items").forEach(runs::add);
            cursor = page.path("next_cursor").asString("");
        } while (!cursor.isEmpty());
        return runs;
    }

    @Test
    void eachRunIsOneEventThatSaysWhatItFound() {
        Map<String, JsonNode> events = new LinkedHashMap<>();
        events("").forEach(event -> events.put(event.at("/metadata/uid").asString(""), event));
        List<JsonNode> runs = runs();
        assertThat(events).hasSameSizeAs(runs);
        Set<String> outcomes = new TreeSet<>();
        for (JsonNode run : runs) {
            outcomes.add(run.path("outcome").asString(""));
            saysWhatItFound(events.get(run.path("id").asString("")), run);
        }
        assertThat(outcomes).containsExactly("error", "fail", "not_applicable", "pass", "unknown");
        assertThat(events.values().stream()
                        .map(event -> event.path("time").asLong())
                        .toList())
                .isSorted();
    }

    private static void saysWhatItFound(JsonNode event, JsonNode run) {
        String outcome = run.path("outcome").asString("");
        boolean fine = outcome.equals("pass") || outcome.equals("not_applicable");
        Map<String, Object> expected = new LinkedHashMap<>(Map.of(
                "/category_uid",
                2,
                "/class_uid",
                2003,
                "/activity_id",
                1,
                "/type_uid",
                200301,
                "/metadata/version",
                "1.5.0"));
        expected.put(
                "/time", Instant.parse(run.path("finished_at").asString("")).toEpochMilli());
        expected.put("/metadata/product/name", "Ronde");
        Map.of(
                        "/finding_info/uid", "id",
                        "/resources/0/uid", "asset",
                        "/compliance/control", "check",
                        "/compliance/checks/0/version", "check_version",
                        "/compliance/status_code", "reason",
                        "/unmapped/outcome", "outcome",
                        "/unmapped/record", "record")
                .forEach((pointer, field) ->
                        expected.put(pointer, run.path(field).asString("")));
        expected.put(
                "/compliance/status_id",
                switch (outcome) {
                    case "pass" -> 1;
                    case "fail" -> 3;
                    case "not_applicable" -> 99;
                    default -> 2;
                });
        expected.put(
                "/severity_id", fine ? 1 : SEVERITY.get(run.path("severity").asString("")));
        expected.put("/status_id", run.path("waived").asBoolean() ? 3 : 1);
        expected.forEach((pointer, value) -> assertThat(event.at(pointer).asString(""))
                .as("%s of %s, which is %s", pointer, event, run)
                .isEqualTo(String.valueOf(value)));
        assertThat(event.at("/finding_info/title").asString("")).isNotEmpty();
        tellsNoMore(event, run);
    }

    /** Every sentence of an event stands in what the API shows of the run, which is what was kept after redaction. */
    private static void tellsNoMore(JsonNode event, JsonNode run) {
        Set<String> kept = new TreeSet<>();
        kept.add(run.path("detail").asString(""));
        run.path("assertions")
                .forEach(assertion -> kept.add(assertion.path("message").asString("")));
        if (kept.removeIf(said -> said.endsWith(" does not hold"))) {
            assertThat(event.at("/compliance/status_details/0").asString(""))
                    .as("what the condition asks, not its id")
                    .endsWith(".");
        } else {
            event.at("/compliance/status_details")
                    .forEach(detail -> assertThat(kept).contains(detail.asString("")));
        }
        assertThat(event.toString()).doesNotContain(UNKEPT, "anna@", "\"facts\"", "observables");
        assertThat(event.propertyNames())
                .containsOnly(
                        ("category_uid category_name class_uid class_name activity_id activity_name type_uid type_name time "
                                        + "severity_id severity status_id status message metadata finding_info compliance resources unmapped")
                                .split(" "));
    }

    @Test
    void aFailureSaysWhyAndWhichControlsItIsAbout() {
        JsonNode event =
                events("?asset=host-1&outcome=fail&check=host-disk-encryption").get(0);
        assertThat(event.at("/compliance/status").asString("")).isEqualTo("Fail");
        assertThat(event.at("/compliance/status_details/0").asString("")).isNotEmpty();
        assertThat(event.at("/compliance/requirements").toString()).contains("iso27001:A.8.");
        assertThat(event.at("/compliance/standards").toString()).contains("ISO/IEC 27001");
        assertThat(event.at("/resources/0/type").asString("")).isEqualTo("host.server");
        assertThat(event.at("/resources/0/criticality").asString("")).isEqualTo("high");
    }

    @Test
    void anAcceptedFailureIsSuppressedAndStaysAFailure() {
        estate.accept("host-1", "host-disk-encryption");
        JsonNode event =
                events("?asset=host-1&outcome=fail&check=host-disk-encryption").get(0);
        assertThat(event.path("status_id").asInt()).isEqualTo(3);
        assertThat(event.path("status").asString("")).isEqualTo("Suppressed");
        assertThat(event.at("/compliance/status_id").asInt()).isEqualTo(3);
        assertThat(events("?asset=host-2").toString()).doesNotContain("Suppressed");
    }

    @Test
    void filtersAreThoseOfTheListAndATimeThatIsHalfOpen() {
        List<JsonNode> all = events("");
        Instant first = Instant.ofEpochMilli(all.get(0).path("time").asLong());
        Instant last = Instant.ofEpochMilli(all.get(all.size() - 1).path("time").asLong());
        assertThat(events("?to=" + last).size() + events("?from=" + last).size())
                .isEqualTo(all.size());
        assertThat(events("?from=" + last)).isNotEmpty();
        assertThat(events("?to=" + first)).isEmpty();
        assertThat(events("?outcome=fail"))
                .isNotEmpty()
                .allMatch(event -> event.at("/compliance/status_id").asInt() == 3);
        assertThat(events("?asset=nope")).isEmpty();
        estate.app.get(EVENTS + "?from=yesterday").is(400);
        estate.app.get(EVENTS + "?limit=1").is(400);
    }

    /** Runs that ended at the very same moment, more of them than a page holds, come once each. */
    @Test
    void pagesMeetWithoutAGapOrAnOverlap() {
        String moment = "2026-10-01T00:00:00Z";
        estate.app.app().database().useTransaction(tx -> {
            for (int i = 0; i < 1203; i++) {
                tx.createUpdate("""
                        insert into check_run (id, asset_id, check_id, check_version, check_sha256, outcome, severity, incomplete, due_at,
                          started_at, finished_at, fresh_until, record_id)
                        select :id, a.id, 'old-check', 1, 'ab', 'pass', 'low', false, :due, :at, :at, :at, :id from asset a where a.ref = 'fleet-1'
                        """)
                        .bind("id", new UUID(0x7000L + i % 7, i + 1L))
                        .bind("due", Instant.parse(moment).minusSeconds(i))
                        .bind("at", Instant.parse(moment))
                        .execute();
            }
        });
        List<String> ids = events("?check=old-check").stream()
                .map(event -> event.at("/metadata/uid").asString(""))
                .toList();
        assertThat(ids).hasSize(1203).doesNotHaveDuplicates();
    }

    @Test
    void auditorsReadItAndAgentsDoNot() {
        assertThat(estate.call("GET", EVENTS, null, "Authorization", "Bearer " + estate.token("auditor"))
                        .body())
                .contains("host-1", "host-2");
        estate.call("GET", EVENTS, null, "Authorization", "Bearer " + estate.token("agent"))
                .is(403);
        estate.app.call("GET", EVENTS, null, Map.of()).is(401);
    }
}
