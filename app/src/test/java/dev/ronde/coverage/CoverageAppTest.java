package dev.ronde.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.coverage.GapDao.Gap;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestClock;
import dev.ronde.testing.services.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Coverage from the outside: hosts of two units that push what they know, a Redis that may not be probed, an asset nothing fits. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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

    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static CheckedEstate estate;

    @TempDir
    static Path checks;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(checks.resolve("patches-in-time.yaml"), PATCHES);
        estate = CheckedEstate.start(
                CLOCK, Map.of(Setting.CHECKS, checks.toString(), Setting.PROBE_ALLOW, "127.0.0.1/32"));
        estate.asset("host-1", "host.server", "unit", "Web");
        estate.asset("host-2", "host.server", "unit", "Web", "tags", List.of("param:patches-in-time.most=20"));
        estate.asset("redis-1", "service.redis", "address", "127.0.0.1");
        estate.settle();
        estate.pushed("host-1", "host.v1", "{'os':{'family':'linux'},'patches':{'pending_security':1}}");
        estate.pushed("host-2", "host.v1", "{'os':{'family':'linux'},'patches':{'pending_security':9}}");
    }

    private List<Map<String, String>> csv(String path) {
        return estate.csv(path);
    }

    @Test
    @Order(1)
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
        JsonNode framework = estate.get("/api/v1/coverage/frameworks/iso27001");
        assertThat(framework.at("/counts/available").asInt())
                .isEqualTo(framework.path("controls").size());
        estate.app.get("/api/v1/coverage/frameworks/none").is(404);
    }

    private JsonNode control(String framework, String id) {
        return estate.get("/api/v1/coverage/frameworks/" + framework)
                .path("controls")
                .valueStream()
                .filter(control -> control.path("control").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode backing(JsonNode control, String check) {
        return control.path("checks")
                .valueStream()
                .filter(of -> of.path("check").asString().equals(check))
                .findFirst()
                .orElseThrow()
                .path("counts");
    }

    private List<String> gaps(String query) {
        return estate.items("/api/v1/coverage/gaps?limit=500" + query).stream()
                .map(gap -> gap.path("asset").asString() + " " + gap.path("gap").asString() + " "
                        + gap.path("check").asString(""))
                .toList();
    }

    @Test
    @Order(4)
    void listsWhatIsNotKnownAndWhy() {
        estate.settle();
        assertThat(gaps("&asset=redis-1")).contains("redis-1 no_plan ", "redis-1 policy_denied redis-anonymous-access");
        assertThat(gaps("&asset=host-1&gap=stale")).isEmpty();
        assertThat(gaps("&asset=host-1")).contains("host-1 no_plan ").noneMatch(gap -> gap.contains("patches-in-time"));
        JsonNode counts = estate.get("/api/v1/coverage").path("gaps");
        for (Gap gap : Gap.values()) {
            List<String> listed = gaps("&gap=" + gap.word());
            assertThat(listed).as(gap.word()).hasSize(counts.path(gap.word()).asInt());
            assertThat(csv("/api/v1/coverage/gaps.csv?gap=" + gap.word())).hasSameSizeAs(listed);
        }
        CLOCK.advance(Duration.ofDays(3));
        assertThat(gaps("&asset=host-1&gap=stale")).contains("host-1 stale patches-in-time");
        assertThat(gaps("&asset=redis-1&gap=policy_denied")).isNotEmpty();
        assertThat(gaps("&asset=host-1&gap=never_run")).contains("host-1 never_run backup-recent-and-tested");
        estate.settle();
        assertThat(gaps("&asset=host-1&gap=stale")).contains("host-1 stale host-disk-encryption");
        assertThat(estate.get("/api/v1/coverage/gaps?asset=host-1&gap=stale&limit=500")
                        .path("items"))
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(Instant.parse(gap.path("since").asString()))
                        .as(gap.toString())
                        .isBeforeOrEqualTo(CLOCK.instant()));
        assertThat(gaps("&owner=OWNER@example.com")).isNotEmpty();
        estate.app.get("/api/v1/coverage/gaps?gap=nothing").is(400);
    }

    private String protection(String ref) {
        return estate.get("/api/v1/assets/" + ref + "/protections")
                .path("protections")
                .valueStream()
                .filter(of -> of.path("key").asString().equals("anonymous-access-blocked"))
                .map(of -> of.path("state").asString() + " " + of.path("checks").findValuesAsString("reason"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @Order(5)
    void aProductThatNoCheckKnowsIsAGapWhateverTheChecksOfOthersSay() throws IOException {
        try (ScriptedServer server = ScriptedServer.start(ScriptedServer.answer("HTTP/1.1 401 Unauthorized\r\n\r\n"))) {
            for (String product : List.of("prometheus", "zabbix", "other")) {
                estate.asset(
                        product,
                        "service.monitoring",
                        "unit",
                        "Ops",
                        "address",
                        "127.0.0.1",
                        "port",
                        server.port(),
                        "tags",
                        List.of("product:" + product),
                        "probe_authorised_until",
                        "2026-12-31");
            }
            estate.settle();
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
            assertThat(estate.app.get("/coverage/gaps?unit=Ops&gap=no_check").body())
                    .contains("zabbix", "product-unknown")
                    .doesNotContain("/assets/prometheus");
            String run = estate.get("/api/v1/check-runs?asset=zabbix")
                    .path("items")
                    .get(0)
                    .path("id")
                    .asString();
            assertThat(estate.app.get("/checks/runs/" + run).body())
                    .contains("<p>tags of the asset name the product zabbix, which no check of its kind knows");
            Instant later = CLOCK.instant().plus(Duration.ofDays(2));
            estate.app.app().database().inTransaction(tx -> {
                return tx.createUpdate("update check_state set finished_at = :at, fresh_until = :until"
                                + " where reason = 'product-unknown'")
                        .bind("at", later.minus(Duration.ofHours(1)))
                        .bind("until", later.plus(Duration.ofHours(1)))
                        .execute();
            });
            CLOCK.advance(Duration.ofDays(2));
            assertThat(gaps("&unit=Ops&gap=no_check&asset=zabbix")).containsExactly("zabbix no_check ");
            assertThat(gaps("&unit=Ops&gap=lasting_error&asset=zabbix")).isEmpty();
            assertThat(estate.get("/api/v1/coverage").at("/gaps/no_check").asInt())
                    .isEqualTo(2);
            assertThat(csv("/api/v1/coverage.csv?unit=Ops"))
                    .filteredOn(row -> row.get("asset_ref").equals("zabbix"))
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row).containsEntry("enabled", "0").doesNotContainEntry("not_verifiable", "0"));
        }
    }

    @Test
    @Order(3)
    void anErrorThatLastsIsAGapOnlyOnceItHasLastedForAsLongAsAResultCounts() {
        // a name that cannot be resolved: two keys are there, the tool itself fails
        assertThat(gaps("&gap=lasting_error").size()).isZero();
        estate.app.app().database().inTransaction(tx -> {
            return tx.execute("update check_state set reason = 'dns-failure' where outcome = 'error'");
        });
        assertThat(gaps("&gap=lasting_error")).isEmpty();
        estate.app.app().database().inTransaction(tx -> {
            return tx.createUpdate(
                            "update check_state set finished_at = :at, fresh_until = :until where outcome = 'error'")
                    .bind("at", CLOCK.instant().plus(Duration.ofHours(4)))
                    .bind("until", CLOCK.instant().plus(Duration.ofHours(7)))
                    .execute();
        });
        CLOCK.advance(Duration.ofHours(4));
        assertThat(gaps("&gap=lasting_error")).contains("redis-1 lasting_error redis-anonymous-access");
    }

    /** What was looked at for another cause does not make up for the round that is overdue; the inventory says the same. */
    @Test
    @Order(6)
    void aReviewForAnotherCauseDoesNotMakeUpForTheOneThatIsOverdue() {
        estate.call("POST", "/api/v1/plans", """
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
                """).is(201);
        estate.settle();
        String first =
                estate.get("/api/v1/reviews?asset=host-1").at("/items/0/ref").asString();
        Instant overdue = Instant.parse(
                estate.get("/api/v1/reviews/" + first).path("due_on").asString() + "T12:00:00Z");
        CLOCK.advance(Duration.between(CLOCK.instant(), overdue.plus(Duration.ofDays(10))));
        estate.settle();
        assertThat(standing()).isEqualTo("0 1 0");
        String asked = estate.app
                .post("/api/v1/reviews", Map.of("asset", "host-1", "reason", "Moved"))
                .text("/ref");
        String digest =
                estate.get("/api/v1/reviews/" + asked).path("snapshot_digest").asString("");
        estate.app
                .post(
                        "/api/v1/reviews/" + asked + "/attest",
                        digest.isEmpty()
                                ? Map.of("outcome", "no_change")
                                : Map.of("outcome", "no_change", "snapshot_digest", digest))
                .is(200);
        CLOCK.advance(Duration.ofHours(1));
        estate.settle();
        assertThat(estate.get("/api/v1/assets?state=late").path("items").findValuesAsString("ref"))
                .containsExactly("host-1");
        assertThat(standing()).isEqualTo("0 1 0");
    }

    /** The first time there is nothing to compare with, so all that the asset could have is shown, with what says so. */
    @Test
    @Order(2)
    void theFirstReviewShowsEveryProtectionThereCouldBe() {
        estate.call("POST", "/api/v1/plans", """
                id: first-look
                title: Quarterly review
                scope: {assets: [host-2]}
                cadence: {every: P3M, anchor: 2026-03-12}
                zone: Europe/Paris
                lead_time: P14D
                """).is(201);
        estate.settle();
        String ref =
                estate.get("/api/v1/reviews?asset=host-2").at("/items/0/ref").asString();
        String english = page(ref, "en");
        assertThat(english)
                .contains("this is all that this asset could have", "Patches up to date", "Few updates wait")
                .contains("Host firewall", "not verifiable");
        assertThat(page(ref, "fr")).contains("Correctifs à jour", "Pare-feu local", "non vérifiable");
        String digest =
                estate.get("/api/v1/reviews/" + ref).path("snapshot_digest").asString();
        estate.app.post(
                "/api/v1/reviews/" + ref + "/attest", Map.of("outcome", "no_change", "snapshot_digest", digest));
        assertThat(page(ref, "en"))
                .as("what was looked at, and nothing of now")
                .contains("Few updates wait")
                .doesNotContain("Host firewall");
    }

    private String page(String ref, String language) {
        return estate.page("/reviews/" + ref, language);
    }

    private String standing() {
        JsonNode plan = control("iso27001", "A.8.9").at("/plans/0");
        return plan.path("in_date").asInt() + " " + plan.path("late").asInt() + " "
                + plan.path("not_yet").asInt();
    }
}
