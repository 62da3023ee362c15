package dev.ronde.check.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Checks, runs, coverage and findings from the outside: a host that pushes snapshots, and a Redis that may not be probed. */
final class CheckAppTest {
    private static final TestClock CLOCK = new TestClock();
    private static TestApp app;

    @BeforeAll
    static void start() {
        app = TestApp.start(CLOCK, Map.of());
        app.post("/api/v1/assets", asset("host-1", "host.server"));
        app.post("/api/v1/assets", asset("redis-1", "service.redis"));
        app.settle();
        CLOCK.advance(Duration.ofMinutes(1));
        push("{\"os\":{\"family\":\"linux\",\"supported\":true},\"disks\":[{\"device\":\"sda\",\"encrypted\":false}],"
                + "\"patches\":{\"pending_security\":0,\"reboot_required\":false}}");
        app.settle();
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    private static Map<String, Object> asset(String ref, String kind) {
        return Map.of(
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
                "127.0.0.1");
    }

    private static void push(String json) {
        assertThat(app.call(
                                "PUT",
                                "/api/v1/assets/host-1/snapshots/host.v1",
                                json,
                                Map.of(
                                        "Authorization",
                                        "Bearer " + app.app().token(),
                                        "Content-Type",
                                        "application/json"))
                        .status())
                .isIn(200, 201);
    }

    private static JsonNode get(String path) {
        TestApp.Answer answer = app.get(path);
        assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void listsTheCatalogueWithItsMappingsAndOutcomes() {
        JsonNode checks = get("/api/v1/checks");
        assertThat(checks.path("total").path("count").asInt()).isGreaterThanOrEqualTo(9);
        JsonNode check = get("/api/v1/checks/host-disk-encryption");
        assertThat(check.path("sha256").asString()).hasSize(64);
        assertThat(check.path("protection").asString()).isEqualTo("encryption-at-rest");
        assertThat(check.path("mappings").path("nist").toString()).contains("SC-28");
        assertThat(check.path("outcomes").path("fail").asInt()).isEqualTo(1);
        assertThat(app.get("/api/v1/checks/nothing").status()).isEqualTo(404);
    }

    @Test
    void showsRunsWithAssertionsAndFacts() {
        JsonNode runs = get("/api/v1/check-runs?asset=host-1&outcome=fail");
        JsonNode run = runs.path("items").path(0);
        assertThat(run.path("asset").asString()).isEqualTo("host-1");
        assertThat(run.path("check").asString()).isEqualTo("host-disk-encryption");
        assertThat(run.path("assertions").path(0).path("message").asString())
                .isEqualTo("At least one fixed disk is not encrypted.");
        assertThat(run.path("facts").path("disks").path(0).path("device").asString())
                .isEqualTo("sda");
        assertThat(run.path("stale").asBoolean()).isFalse();
        assertThat(get("/api/v1/check-runs/" + run.path("id").asString())).isEqualTo(run);
        JsonNode explained = get("/api/v1/check-runs/" + run.path("id").asString() + "/explanation");
        assertThat(explained.path("same_file").asBoolean()).isTrue();
        assertThat(explained.path("steps").path("fixed-disks-encrypted").toString())
                .contains("disk.encrypted")
                .contains("\"value\":\"false\"");
        JsonNode denied = get("/api/v1/check-runs?asset=redis-1").path("items").path(0);
        assertThat(denied.path("outcome").asString()).isEqualTo("error");
        assertThat(denied.path("reason").asString()).isEqualTo("policy-denied");
        assertThat(app.get("/api/v1/check-runs?colour=red").status()).isEqualTo(400);
    }

    @Test
    void showsProtectionsAndCoverage() {
        JsonNode protections = get("/api/v1/assets/host-1/protections");
        assertThat(protections.path("counts").path("available").asInt()).isEqualTo(10);
        assertThat(protections.path("counts").path("enabled").asInt()).isEqualTo(1);
        assertThat(protections.path("protections").path(0).path("state").asString())
                .isEqualTo("off");
        JsonNode coverage = get("/api/v1/coverage");
        assertThat(coverage.path("counts").path("available").asInt()).isEqualTo(14);
        assertThat(coverage.path("by_kind")
                        .path("service.redis")
                        .path("not_verifiable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void listsFindingsAndRunsChecksOnDemand() {
        JsonNode finding = get("/api/v1/findings?state=open").path("items").path(0);
        assertThat(finding.path("asset").asString()).isEqualTo("host-1");
        assertThat(finding.path("exposure").path("min_seconds").asLong()).isZero();
        assertThat(get("/api/v1/findings/" + finding.path("id").asString())).isEqualTo(finding);
        assertThat(get("/api/v1/findings?state=fixed").path("items")).isEmpty();
        CLOCK.advance(Duration.ofMinutes(1));
        TestApp.Answer started = app.post("/api/v1/check-runs", Map.of("asset", "host-1"));
        assertThat(started.status()).isEqualTo(202);
        app.settle();
        JsonNode job = get(started.header("Location"));
        assertThat(job.path("state").asString()).isEqualTo("done");
        assertThat(job.path("done").asInt()).isEqualTo(14);
        assertThat(app.post("/api/v1/check-runs", Map.of("asset", "nowhere")).status())
                .isEqualTo(422);
        assertThat(app.post("/api/v1/check-runs", Map.of("check", "nothing")).status())
                .isEqualTo(422);
        TestApp.Answer foreign =
                app.post("/api/v1/check-runs", Map.of("asset", "host-1", "check", "redis-anonymous-access"));
        assertThat(foreign.status()).as(foreign.body()).isEqualTo(422);
        assertThat(foreign.json().at("/errors/0/code").asString()).isEqualTo("does_not_apply");
        assertThat(foreign.json().at("/errors/0/message").asString())
                .contains("The check redis-anonymous-access is for service.redis; the asset host-1 is host.server.");
    }

    @Test
    void everyPageRendersInBothLanguages() {
        String run = get("/api/v1/check-runs?asset=host-1&outcome=fail")
                .path("items")
                .path(0)
                .path("id")
                .asString();
        for (String language : List.of("en", "fr")) {
            for (String path : List.of(
                    "/checks",
                    "/checks/host-disk-encryption",
                    "/checks/redis-anonymous-access",
                    "/checks/runs",
                    "/checks/runs?outcome=error",
                    "/checks/runs/" + run,
                    "/findings",
                    "/findings?state=fixed",
                    "/assets/host-1",
                    "/assets/redis-1")) {
                TestApp.Answer page = app.call(
                        "GET",
                        path,
                        null,
                        Map.of("Authorization", "Bearer " + app.app().token(), "Cookie", "lang=" + language));
                assertThat(page.status()).as(path + " " + page.body()).isEqualTo(200);
                assertThat(page.body()).as(path).doesNotContainPattern("(?<![\\w-])(check|finding)\\.[a-z]");
            }
        }
    }

    /** Pages say what checks say in the language of their reader; the API keeps to the check files. */
    @Test
    void pagesSpeakTheLanguageOfTheirReaderAboutChecks() {
        JsonNode run = get("/api/v1/check-runs?asset=host-1&outcome=fail")
                .path("items")
                .path(0);
        JsonNode finding = get("/api/v1/findings?state=open").path("items").path(0);
        assertThat(finding.path("summary").asString()).isEqualTo("At least one fixed disk is not encrypted.");
        String title = "Chaque disque fixe de l’hôte est chiffré";
        String message = "Au moins un disque fixe n’est pas chiffré.";
        assertThat(french("/checks")).contains(title).doesNotContain("Every fixed disk of the host is encrypted");
        assertThat(french("/checks/host-disk-encryption"))
                .contains("<h1>" + title, "gardez les clés de récupération en lieu sûr", "activez FileVault")
                .contains("Un disque non chiffré livre", "aucune vraie machine");
        assertThat(french("/checks/runs/" + run.path("id").asString())).contains("<h1>" + title, message);
        assertThat(french("/assets/host-1")).contains(title, message).doesNotContain("At least one fixed disk");
        assertThat(french("/findings")).contains(message);
        assertThat(french("/findings/" + finding.path("id").asString()))
                .contains("<h1>" + message, title, "Un disque non chiffré livre")
                .doesNotContain("At least one fixed disk");
        assertThat(french("/findings/" + finding.path("id").asString() + "/waiver"))
                .contains(message);
        assertThat(get("/api/v1/assets/host-1/timeline").toString())
                .contains("At least one fixed disk is not encrypted.")
                .doesNotContain(message);
    }

    private static String french(String path) {
        TestApp.Answer page = app.call(
                "GET", path, null, Map.of("Authorization", "Bearer " + app.app().token(), "Accept-Language", "fr"));
        assertThat(page.status()).as(path + " " + page.body()).isEqualTo(200);
        return page.body();
    }

    /** A person who clicks, on the page of checks, of an asset or in the list of assets: one allowance for all of them. */
    @Test
    void runsStartedByAPersonAreLimitedWhereverTheyAreStarted() {
        Map<Setting, String> admin =
                Map.of(Setting.ADMIN_EMAIL, "ada@example.org", Setting.ADMIN_PASSWORD, "correct-horse-battery");
        TestClock clock = new TestClock();
        try (TestApp own = TestApp.start(clock, admin)) {
            own.post("/api/v1/assets", asset("redis-1", "service.redis"));
            TestApp.Answer in = own.call(
                    "POST",
                    "/login",
                    "email=ada@example.org&password=correct-horse-battery",
                    Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", "ronde_visit=1"));
            String cookie = in.header("Set-Cookie").split(";", 2)[0];
            String token = own.call("GET", "/assets", null, Map.of("Cookie", cookie))
                    .body()
                    .replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1");
            Map<String, String> form = Map.of("Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie);
            String csrf = "&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
            String bulk = "action=checks&which=picked&ref=redis-1" + csrf;
            for (int call = 0; call < 20; call++) {
                assertThat(own.call("POST", "/assets/bulk", bulk, form).status())
                        .as("call %d", call)
                        .isEqualTo(303);
            }
            assertThat(own.call("POST", "/assets/bulk", bulk, form).status()).isEqualTo(429);
            assertThat(own.call("POST", "/checks/run", "asset=redis-1" + csrf, form)
                            .status())
                    .as("elsewhere too")
                    .isEqualTo(429);
            clock.advance(Duration.ofSeconds(10));
            assertThat(own.call("POST", "/assets/bulk", bulk, form).status()).isEqualTo(303);
            assertThat(own.call("POST", "/assets/bulk", bulk, form).status()).isEqualTo(429);
        }
    }

    @Test
    void runsStartedByHandAreLimitedForEachCaller() {
        Map<String, Object> wanted = Map.of("asset", "redis-1", "check", "redis-anonymous-access");
        String token = app.post("/api/v1/tokens", Map.of("name", "eager", "role", "compliance", "days", 1))
                .json()
                .path("token")
                .asString("");
        Map<String, String> eager = Map.of("Authorization", "Bearer " + token);
        for (int call = 0; call < 100; call++) {
            assertThat(app.call("POST", "/api/v1/check-runs", wanted, eager).status())
                    .isEqualTo(202);
        }
        TestApp.Answer refused = app.call("POST", "/api/v1/check-runs", wanted, eager);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(app.post("/api/v1/check-runs", wanted).status()).isEqualTo(202);
    }

    @Test
    void theSumsOfTheEstateAreThoseOfItsAssets() {
        long available = 0;
        long off = 0;
        for (String ref : List.of("host-1", "redis-1")) {
            JsonNode counts = get("/api/v1/assets/" + ref + "/protections").path("counts");
            available += counts.path("available").asLong();
            off += counts.path("off").asLong();
        }
        JsonNode sums = get("/api/v1/coverage").path("counts");
        assertThat(sums.path("available").asLong()).isEqualTo(available).isPositive();
        assertThat(sums.path("off").asLong()).isEqualTo(off).isEqualTo(1);
    }

    @Test
    void aFindingHasItsPageAndTheListOfAssetsKnowsOfIt() {
        String id = get("/api/v1/findings?asset=host-1")
                .path("items")
                .path(0)
                .path("id")
                .asString();
        assertThat(app.get("/findings/" + id).body())
                .contains(
                        "At least",
                        "nobody can tell: no run ever passed",
                        "The host-1",
                        "Who was told",
                        "/checks/runs/");
        assertThat(app.get("/assets?state=failing").body())
                .contains(">The host-1<")
                .doesNotContain(">The redis-1<");
        assertThat(app.get("/assets?state=no_plan").body()).contains(">The host-1<", ">The redis-1<", "no review plan");
        assertThat(app.get("/assets/host-1?timeline=findings").body())
                .contains("Found open:")
                .doesNotContain("Added to the inventory");
        assertThat(app.get("/assets?state=wrong").status()).isEqualTo(400);
    }

    @Test
    void aPageThatIsNotThereSaysSoInTheLanguageOfItsReader() {
        TestApp.Answer answer = app.call(
                "GET",
                "/findings/no-such",
                null,
                Map.of("Authorization", "Bearer " + app.app().token(), "Accept-Language", "fr"));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .contains("Rien ne porte le nom no-such.", "lang=\"fr\"")
                .doesNotContain("There is no")
                .containsPattern("Num\u00e9ro[^<]*</dt><dd><code>[0-9a-f-]{36}");
    }

    /** Of a check that no real server stood before its page says so, in both languages, and so does its answer. */
    @Test
    void saysWhatACheckWasVerifiedAgainst() {
        List<String> onTranscripts = get("/api/v1/checks?limit=200")
                .path("items")
                .valueStream()
                .filter(check -> check.path("verified_against")
                        .valueStream()
                        .allMatch(line -> line.asString().contains("transcripts")))
                .map(check -> check.path("id").asString())
                .toList();
        assertThat(onTranscripts)
                .contains("clickhouse-anonymous", "consul-acl", "kubelet-anonymous", "vault-seal-status")
                .doesNotContain("redis-anonymous-access", "dns-zone-transfer");
        for (String check : onTranscripts) {
            String told =
                    get("/api/v1/checks/" + check).at("/verified_against/0").asString();
            assertThat(told).as(check).contains("transcripts", "no real server");
            assertThat(verified(check, "en")).as(check).isEqualTo("Verified against [" + told + "]");
            assertThat(verified(check, "fr"))
                    .as(check)
                    .startsWith("Vérifié avec [")
                    .contains("transcriptions", "pas de vrai serveur");
        }
        assertThat(verified("redis-anonymous-access", "en"))
                .startsWith("Verified against [Debian redis-server 8.0: open, closed with requirepass");
    }

    private static String verified(String check, String language) {
        String page = app.call(
                        "GET",
                        "/checks/" + check,
                        null,
                        Map.of("Authorization", "Bearer " + app.app().token(), "Cookie", "lang=" + language))
                .body();
        Matcher entry = Pattern.compile("(?s)<dt>(Verified against|Vérifié avec)</dt><dd><ul>(.*?)</ul></dd>")
                .matcher(page);
        assertThat(entry.find()).as(page).isTrue();
        return entry.group(1) + " "
                + Pattern.compile("<li>(.*?)</li>")
                        .matcher(entry.group(2))
                        .results()
                        .map(line -> line.group(1))
                        .toList();
    }
}
