package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.DatabaseKind;
import dev.ronde.testing.OnOneDatabase;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.TestDatabase;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Coverage from the outside: hosts of two units that push what they know, a Redis that may not be probed, an asset nothing fits. */
@OnOneDatabase(DatabaseKind.POSTGRESQL)
final class CoverageAppTest {
    private static final String PATCHES = """
            apiVersion: checks/v1
            id: patches-in-time
            version: 1
            title: Few updates wait
            protection: patch-level
            severity: high
            rationale: Updates close holes.
            remediation: {summary: Install them., steps: [Install them.], verify: Run again.}
            mappings:
              nist: [SI-2]
              iso27001:
                - {control: A.8.8, needs: "params.most <= 2"}
            appliesTo: {kinds: ["host.*"]}
            params:
              most: {type: int, default: 2, min: 0, max: 50}
            schedule: {every: P1D, onChange: true, freshFor: P2D}
            probe: {type: snapshot, source: host.v1, safety: passive}
            facts: host.v1
            require:
              - {id: reported, expr: "has(facts.patches) && has(facts.patches.pending_security)", reason: snapshot-incomplete}
            assert:
              - {id: few, expr: "facts.patches.pending_security <= params.most", message: "{{facts.patches.pending_security}} updates wait."}
            evidence: {keep: [facts.patches], fingerprint: [facts.patches.pending_security]}
            verified: [the facts of its tests]
            tests:
              - {name: few, expect: pass, facts: {snapshot: {digest: "sha256:00", collectedAt: "2026-03-02T06:00:00Z"}, os: {family: linux}, patches: {pending_security: 1}}}
              - {name: many, expect: fail, failed: [few], facts: {snapshot: {digest: "sha256:00", collectedAt: "2026-03-02T06:00:00Z"}, os: {family: linux}, patches: {pending_security: 9}}}
              - {name: silent, expect: unknown, reason: snapshot-incomplete, facts: {snapshot: {digest: "sha256:00", collectedAt: "2026-03-02T06:00:00Z"}, os: {family: linux}}}
            """;

    private final TestClock clock = new TestClock();
    private final DatabaseKind kind;
    private TestApp app;

    @TempDir
    Path checks;

    CoverageAppTest(DatabaseKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws IOException {
        Files.writeString(checks.resolve("patches-in-time.yaml"), PATCHES);
        Map<Setting, String> settings = new EnumMap<>(Setting.class);
        settings.put(Setting.CHECKS, checks.toString());
        settings.put(Setting.PROBE_ALLOW, "127.0.0.1/32");
        settings.putAll(TestDatabase.settings(kind));
        app = TestApp.start(clock, settings);
        asset("host-1", "host.server", "Web", List.of());
        asset("host-2", "host.server", "Web", List.of("param:patches-in-time.most=20"));
        asset("redis-1", "service.redis", null, List.of());
        app.settle();
        clock.advance(Duration.ofMinutes(1));
        push("host-1", 1);
        push("host-2", 9);
        app.settle();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    private void asset(String ref, String kind, String unit, List<String> tags) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "ref",
                ref,
                "name",
                "The " + ref,
                "kind",
                kind,
                "owner",
                "owner@example.com",
                "criticality",
                "high",
                "address",
                "127.0.0.1",
                "tags",
                tags));
        body.put("unit", unit);
        TestApp.Answer answer = app.post("/api/v1/assets", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private void push(String ref, int pending) {
        put(ref, "{\"os\":{\"family\":\"linux\"},\"patches\":{\"pending_security\":" + pending + "}}");
    }

    private void put(String ref, String host) {
        TestApp.Answer answer = app.call(
                "PUT",
                "/api/v1/assets/" + ref + "/snapshots/host.v1",
                host,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json"));
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    }

    private JsonNode get(String path) {
        TestApp.Answer answer = app.get(path);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.json();
    }

    private List<Map<String, String>> csv(String path) {
        List<String> lines = app.get(path).body().lines().toList();
        String[] header = lines.get(0).split(",", -1);
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static long sum(List<Map<String, String>> rows, String column) {
        return rows.stream().mapToLong(row -> Long.parseLong(row.get(column))).sum();
    }

    @Test
    void everyViewShowsTheSameNumbers() {
        clock.advance(Duration.ofHours(1));
        put("host-1", "{\"os\":{\"family\":\"linux\"},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}]}");
        app.settle();
        JsonNode before = get("/api/v1/coverage").path("counts");
        accept(get("/api/v1/findings?state=open&asset=host-1&check=host-disk-encryption")
                .at("/items/0/id")
                .asString());
        JsonNode estate = get("/api/v1/coverage");
        JsonNode counts = estate.path("counts");
        assertThat(counts.path("available").asInt()).isEqualTo(24);
        assertThat(counts.path("accepted_risk").asInt()).isEqualTo(1);
        assertThat(counts.path("off").asInt()).isEqualTo(before.path("off").asInt() - 1);
        assertThat(counts.path("enabled")).as("accepted is not enabled").isEqualTo(before.path("enabled"));
        for (String count :
                List.of("available", "enabled", "partly", "off", "not_verifiable", "accepted_risk", "no_check_yet")) {
            long whole = counts.path(count).asLong();
            assertThat(sum(csv("/api/v1/coverage.csv"), count))
                    .as("assets " + count)
                    .isEqualTo(whole);
            assertThat(sum(csv("/api/v1/coverage.csv?by=unit"), count))
                    .as("units " + count)
                    .isEqualTo(whole);
            assertThat(sum(csv("/api/v1/coverage.csv?by=kind"), count))
                    .as("kinds " + count)
                    .isEqualTo(whole);
            long listed = StreamSupport.stream(
                            get("/api/v1/coverage/assets").path("items").spliterator(), false)
                    .mapToLong(line -> line.path("counts").path(count).asLong())
                    .sum();
            assertThat(listed).as("list " + count).isEqualTo(whole);
        }
        assertThat(estate.path("by_unit").path(0).path("unit").asString()).isEqualTo("Web");
        assertThat(estate.path("by_unit").path(0).path("assets").asInt()).isEqualTo(2);
        assertThat(estate.path("by_unit").path(1).path("unit").isNull()).isTrue();
        assertThat(csv("/api/v1/coverage.csv?unit=Web")).hasSize(2);
        Map<String, List<Long>> page = page();
        assertThat(page).hasSize(3);
        assertThat(page.get("host-1").get(COUNTS.indexOf("accepted_risk"))).isEqualTo(1);
        for (JsonNode line : get("/api/v1/coverage/assets").path("items")) {
            assertThat(page.get(line.path("asset").asString()))
                    .as("page of " + line.path("asset"))
                    .isEqualTo(COUNTS.stream()
                            .map(count -> line.path("counts").path(count).asLong())
                            .toList());
        }
    }

    private static final List<String> COUNTS =
            List.of("enabled", "available", "partly", "off", "not_verifiable", "accepted_risk", "no_check_yet");

    private void accept(String finding) {
        String until = clock.instant().plus(Duration.ofDays(20)).toString().substring(0, 10);
        String lead = app.tokenOfPerson("lead", "compliance");
        TestApp.Answer asked = app.call(
                "POST",
                "/api/v1/findings/" + finding + "/waivers",
                Map.of("category", "accepted-risk", "reason", "It is switched off next week.", "until", until),
                Map.of("Authorization", "Bearer " + lead));
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        TestApp.Answer approved =
                app.post("/api/v1/waivers/" + asked.json().path("ref").asString() + "/approve", Map.of());
        assertThat(approved.json().path("state").asString()).as(approved.body()).isEqualTo("active");
    }

    /** The numbers of each asset as its row on the page shows them, in the order of {@link #COUNTS}. */
    private Map<String, List<Long>> page() {
        Map<String, List<Long>> rows = new HashMap<>();
        TestApp.Answer answer = app.get("/coverage/assets");
        assertThat(answer.status()).isEqualTo(200);
        for (String row : answer.body().split("<tr>", -1)) {
            Matcher ref = Pattern.compile("href=\"/assets/([^\"]+)\"").matcher(row);
            if (ref.find()) {
                Matcher number = Pattern.compile("[0-9]+")
                        .matcher(row.substring(row.indexOf("class=\"num")).replaceAll("<[^>]*>", " "));
                rows.put(
                        ref.group(1),
                        number.results()
                                .map(found -> Long.valueOf(found.group()))
                                .toList());
            }
        }
        return rows;
    }

    @Test
    void aControlIsCreditedOnlyWhereItsGuardHolds() {
        JsonNode guarded = control("iso27001", "A.8.8");
        JsonNode counts = backing(guarded, "patches-in-time");
        assertThat(counts.path("pass").asInt()).isEqualTo(1);
        assertThat(counts.path("not_credited").asInt()).isEqualTo(1);
        assertThat(guarded.path("state").asString()).isEqualTo("partly");
        JsonNode free = backing(control("nist", "SI-2"), "patches-in-time");
        assertThat(free.path("pass").asInt()).isEqualTo(2);
        assertThat(free.path("not_credited").asInt()).isZero();
        assertThat(csv("/api/v1/coverage/frameworks/iso27001/controls.csv").stream()
                        .filter(row -> row.get("control").equals("A.8.8")
                                && row.get("source_id").equals("patches-in-time")))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("pass", "1")
                        .containsEntry("not_credited", "1")
                        .containsEntry("assets", "2"));
        JsonNode framework = get("/api/v1/coverage/frameworks/iso27001");
        assertThat(framework.path("counts").path("available").asInt())
                .isEqualTo(framework.path("controls").size());
        assertThat(app.get("/api/v1/coverage/frameworks/none").status()).isEqualTo(404);
    }

    private JsonNode control(String framework, String id) {
        return StreamSupport.stream(
                        get("/api/v1/coverage/frameworks/" + framework)
                                .path("controls")
                                .spliterator(),
                        false)
                .filter(control -> control.path("control").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode backing(JsonNode control, String check) {
        return StreamSupport.stream(control.path("checks").spliterator(), false)
                .filter(of -> of.path("check").asString().equals(check))
                .findFirst()
                .orElseThrow()
                .path("counts");
    }

    private List<String> gaps(String query) {
        return StreamSupport.stream(
                        get("/api/v1/coverage/gaps?limit=500" + query)
                                .path("items")
                                .spliterator(),
                        false)
                .map(gap -> gap.path("asset").asString() + " " + gap.path("gap").asString() + " "
                        + gap.path("check").asString(""))
                .toList();
    }

    @Test
    void listsWhatIsNotKnownAndWhy() {
        assertThat(gaps("&asset=redis-1")).contains("redis-1 no_plan ", "redis-1 policy_denied redis-anonymous-access");
        assertThat(gaps("&asset=host-1&gap=stale")).isEmpty();
        assertThat(gaps("&asset=host-1")).contains("host-1 no_plan ").noneMatch(gap -> gap.contains("patches-in-time"));
        JsonNode counts = get("/api/v1/coverage").path("gaps");
        for (Gap gap : Gap.values()) {
            List<String> listed = gaps("&gap=" + gap.word());
            assertThat(listed).as(gap.word()).hasSize(counts.path(gap.word()).asInt());
            assertThat(csv("/api/v1/coverage/gaps.csv?gap=" + gap.word())).hasSameSizeAs(listed);
        }
        clock.advance(Duration.ofDays(3));
        assertThat(gaps("&asset=host-1&gap=stale")).contains("host-1 stale patches-in-time");
        assertThat(gaps("&asset=redis-1&gap=policy_denied")).isNotEmpty();
        assertThat(gaps("&asset=host-1&gap=never_run")).contains("host-1 never_run backup-recent-and-tested");
        app.settle();
        assertThat(gaps("&asset=host-1&gap=stale")).contains("host-1 stale host-disk-encryption");
        assertThat(get("/api/v1/coverage/gaps?asset=host-1&gap=stale&limit=500").path("items"))
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(Instant.parse(gap.path("since").asString()))
                        .as(gap.toString())
                        .isBeforeOrEqualTo(clock.instant()));
        assertThat(app.get("/api/v1/coverage/gaps?gap=nothing").status()).isEqualTo(400);
    }

    private String protection(String ref) {
        return StreamSupport.stream(
                        get("/api/v1/assets/" + ref + "/protections")
                                .path("protections")
                                .spliterator(),
                        false)
                .filter(of -> of.path("key").asString().equals("anonymous-access-blocked"))
                .map(of -> of.path("state").asString() + " " + of.path("checks").findValuesAsString("reason"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aProductThatNoCheckKnowsIsAGapWhateverTheChecksOfOthersSay() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 401 Unauthorized\r\n\r\n"))) {
            for (String product : List.of("prometheus", "zabbix", "other")) {
                Map<String, Object> body = new HashMap<>(Map.of(
                        "ref", product,
                        "name", product,
                        "kind", "service.monitoring",
                        "owner", "owner@example.com",
                        "unit", "Ops",
                        "address", "127.0.0.1",
                        "port", server.port(),
                        "tags", List.of("product:" + product),
                        "probe_authorised_until", "2026-12-31"));
                assertThat(app.post("/api/v1/assets", body).status()).isEqualTo(201);
            }
            app.settle();
            assertThat(protection("prometheus")).startsWith("enabled");
            assertThat(protection("zabbix")).isEqualTo("not_verifiable [product-unknown, product-unknown]");
            assertThat(protection("other")).startsWith("no_check_yet");
            assertThat(gaps("&unit=Ops&gap=no_check")).containsExactly("other no_check ", "zabbix no_check ");
            assertThat(csv("/api/v1/coverage/gaps.csv?unit=Ops&gap=no_check"))
                    .hasSize(2)
                    .last()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("asset_ref", "zabbix")
                            .containsEntry("check", "")
                            .containsEntry("reason", "product-unknown")
                            .extractingByKey("since")
                            .isNotEqualTo(""));
            assertThat(app.get("/coverage/gaps?unit=Ops&gap=no_check").body())
                    .contains("zabbix", "product-unknown")
                    .doesNotContain("/assets/prometheus");
            String run = get("/api/v1/check-runs?asset=zabbix")
                    .path("items")
                    .get(0)
                    .path("id")
                    .asString();
            assertThat(app.get("/checks/runs/" + run).body())
                    .contains("<p>tags of the asset name the product zabbix, which no check of its kind knows");
            Instant later = clock.instant().plus(Duration.ofDays(2));
            app.app().database().inTransaction(tx -> {
                return tx.createUpdate("update check_state set finished_at = :at, fresh_until = :until"
                                + " where reason = 'product-unknown'")
                        .bind("at", later.minus(Duration.ofHours(1)))
                        .bind("until", later.plus(Duration.ofHours(1)))
                        .execute();
            });
            clock.advance(Duration.ofDays(2));
            assertThat(gaps("&unit=Ops&gap=no_check&asset=zabbix")).containsExactly("zabbix no_check ");
            assertThat(gaps("&unit=Ops&gap=lasting_error&asset=zabbix")).isEmpty();
            assertThat(get("/api/v1/coverage").path("gaps").path("no_check").asInt())
                    .isEqualTo(2);
            assertThat(csv("/api/v1/coverage.csv?unit=Ops"))
                    .filteredOn(row -> row.get("asset_ref").equals("zabbix"))
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .containsEntry("enabled", "0")
                            .containsEntry(
                                    "not_verifiable",
                                    String.valueOf(page().get("zabbix").get(COUNTS.indexOf("not_verifiable")))));
        }
    }

    @Test
    void listsAssetsWithoutPlanAndThoseWhoseOwnerHasLeft() {
        assertThat(gaps("&gap=no_plan")).containsExactly("host-1 no_plan ", "host-2 no_plan ", "redis-1 no_plan ");
        assertThat(gaps("&gap=no_owner")).isEmpty();
        app.app().database().inTransaction(tx -> tx.execute("update person set active = false"));
        assertThat(gaps("&gap=no_owner")).containsExactly("host-1 no_owner ", "host-2 no_owner ", "redis-1 no_owner ");
        JsonNode first = get("/api/v1/coverage/gaps?limit=1");
        JsonNode second = get("/api/v1/coverage/gaps?limit=1&cursor="
                + first.path("next_cursor").asString());
        assertThat(second.path("items")).isNotEqualTo(first.path("items"));
        assertThat(get("/api/v1/coverage/gaps?owner=OWNER@example.com")
                        .path("total")
                        .path("count")
                        .asInt())
                .isPositive();
    }

    @Test
    void anErrorThatLastsIsAGapOnlyOnceItHasLastedForAsLongAsAResultCounts() {
        // a name that cannot be resolved: two keys are there, the tool itself fails
        int before = gaps("&gap=lasting_error").size();
        assertThat(before).isZero();
        app.app().database().inTransaction(tx -> {
            return tx.execute("update check_state set reason = 'dns-failure' where outcome = 'error'");
        });
        assertThat(gaps("&gap=lasting_error")).isEmpty();
        app.app().database().inTransaction(tx -> {
            return tx.createUpdate(
                            "update check_state set finished_at = :at, fresh_until = :until where outcome = 'error'")
                    .bind("at", clock.instant().plus(Duration.ofHours(4)))
                    .bind("until", clock.instant().plus(Duration.ofHours(7)))
                    .execute();
        });
        clock.advance(Duration.ofHours(4));
        assertThat(gaps("&gap=lasting_error")).contains("redis-1 lasting_error redis-anonymous-access");
    }

    /** What was looked at for another cause does not make up for the round that is overdue; the inventory says the same. */
    @Test
    void aReviewForAnotherCauseDoesNotMakeUpForTheOneThatIsOverdue() {
        TestApp.Answer plan = app.call(
                "POST",
                "/api/v1/plans",
                """
                id: quarterly
                title: Quarterly review
                scope: {assets: [host-1]}
                cadence: {every: P3M, anchor: 2026-03-12}
                zone: Europe/Paris
                max_gap_days: 92
                lead_time: P14D
                grace: P5D
                missed_after: P30D
                frameworks: ["iso27001:A.8.9"]
                """,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json"));
        assertThat(plan.status()).as(plan.body()).isEqualTo(201);
        app.settle();
        String first = get("/api/v1/reviews?asset=host-1").at("/items/0/ref").asString();
        Instant overdue =
                Instant.parse(get("/api/v1/reviews/" + first).path("due_on").asString() + "T12:00:00Z");
        clock.advance(Duration.between(clock.instant(), overdue.plus(Duration.ofDays(10))));
        app.settle();
        assertThat(standing()).isEqualTo("0 1 0");
        String asked = app.post("/api/v1/reviews", Map.of("asset", "host-1", "reason", "Moved"))
                .json()
                .path("ref")
                .asString();
        String digest = get("/api/v1/reviews/" + asked).path("snapshot_digest").asString("");
        TestApp.Answer attested = app.post(
                "/api/v1/reviews/" + asked + "/attest",
                digest.isEmpty()
                        ? Map.of("outcome", "no_change")
                        : Map.of("outcome", "no_change", "snapshot_digest", digest));
        assertThat(attested.status()).as(attested.body()).isEqualTo(200);
        clock.advance(Duration.ofHours(1));
        app.settle();
        assertThat(get("/api/v1/assets?state=late").path("items").findValuesAsString("ref"))
                .containsExactly("host-1");
        assertThat(standing()).isEqualTo("0 1 0");
    }

    /** The first time there is nothing to compare with, so all that the asset could have is shown, with what says so. */
    @Test
    void theFirstReviewShowsEveryProtectionThereCouldBe() {
        TestApp.Answer plan = app.call(
                "POST",
                "/api/v1/plans",
                """
                id: quarterly
                title: Quarterly review
                scope: {assets: [host-2, redis-1]}
                cadence: {every: P3M, anchor: 2026-03-12}
                zone: Europe/Paris
                lead_time: P14D
                """,
                Map.of("Authorization", "Bearer " + app.app().token(), "Content-Type", "application/json"));
        assertThat(plan.status()).as(plan.body()).isEqualTo(201);
        app.settle();
        String ref = get("/api/v1/reviews?asset=host-2").at("/items/0/ref").asString();
        String english = page(ref, "en");
        assertThat(english)
                .contains("this is all that this asset could have", "Patches up to date", "Few updates wait")
                .contains("Host firewall", "not verifiable");
        assertThat(page(ref, "fr")).contains("Correctifs à jour", "Pare-feu local", "non vérifiable");
        String digest = get("/api/v1/reviews/" + ref).path("snapshot_digest").asString();
        app.post("/api/v1/reviews/" + ref + "/attest", Map.of("outcome", "no_change", "snapshot_digest", digest));
        assertThat(page(ref, "en"))
                .as("what was looked at, and nothing of now")
                .contains("Few updates wait")
                .doesNotContain("Host firewall");
    }

    private String page(String ref, String language) {
        TestApp.Answer answer = app.call(
                "GET",
                "/reviews/" + ref,
                null,
                Map.of("Authorization", "Bearer " + app.app().token(), "Cookie", "lang=" + language));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String standing() {
        JsonNode plan = control("iso27001", "A.8.9").path("plans").path(0);
        return plan.path("in_date").asInt() + " " + plan.path("late").asInt() + " "
                + plan.path("not_yet").asInt();
    }
}
