package dev.ronde.check.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Checks, runs, coverage and findings from the outside: a host that pushes snapshots, and a Redis that may not be probed. */
final class CheckAppTest {
    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start() {
        estate = CheckedEstate.start(CLOCK, Map.of());
        estate.asset("host-1", "host.server", "address", "127.0.0.1");
        estate.asset("redis-1", "service.redis", "address", "127.0.0.1");
        estate.settle();
        estate.pushed("host-1", "host.v1", CheckedEstate.PLAIN_HOST);
    }

    private static JsonNode get(String path) {
        return estate.get(path);
    }

    @Test
    void listsTheCatalogueWithItsMappingsAndOutcomes() {
        JsonNode checks = get("/api/v1/checks");
        assertThat(checks.at("/total/count").asInt()).isGreaterThanOrEqualTo(9);
        JsonNode check = get("/api/v1/checks/host-disk-encryption");
        assertThat(check.path("sha256").asString()).hasSize(64);
        assertThat(check.path("protection").asString()).isEqualTo("encryption-at-rest");
        assertThat(check.at("/mappings/nist").toString()).contains("SC-28");
        assertThat(check.at("/outcomes/fail").asInt()).isEqualTo(1);
        estate.app.get("/api/v1/checks/nothing").is(404);
    }

    @Test
    void showsRunsWithAssertionsAndFacts() {
        JsonNode runs = get("/api/v1/check-runs?asset=host-1&outcome=fail");
        JsonNode run = runs.at("/items/0");
        assertThat(run.path("asset").asString()).isEqualTo("host-1");
        assertThat(run.path("check").asString()).isEqualTo("host-disk-encryption");
        assertThat(run.at("/assertions/0/message").asString()).isEqualTo("At least one fixed disk is not encrypted.");
        assertThat(run.at("/facts/disks/0/device").asString()).isEqualTo("sda");
        assertThat(run.path("stale").asBoolean()).isFalse();
        assertThat(get("/api/v1/check-runs/" + run.path("id").asString())).isEqualTo(run);
        JsonNode explained = get("/api/v1/check-runs/" + run.path("id").asString() + "/explanation");
        assertThat(explained.path("same_file").asBoolean()).isTrue();
        assertThat(explained.at("/steps/fixed-disks-encrypted").toString())
                .contains("disk.encrypted")
                .contains("\"value\":\"false\"");
        JsonNode denied = get("/api/v1/check-runs?asset=redis-1").at("/items/0");
        assertThat(denied.path("outcome").asString()).isEqualTo("error");
        assertThat(denied.path("reason").asString()).isEqualTo("policy-denied");
        estate.app.get("/api/v1/check-runs?colour=red").is(400);
    }

    @Test
    void listsFindingsAndRunsChecksOnDemand() {
        JsonNode finding = get("/api/v1/findings?state=open").at("/items/0");
        assertThat(finding.path("asset").asString()).isEqualTo("host-1");
        assertThat(finding.at("/exposure/min_seconds").asLong()).isZero();
        assertThat(get("/api/v1/findings/" + finding.path("id").asString())).isEqualTo(finding);
        assertThat(get("/api/v1/findings?state=fixed").path("items")).isEmpty();
        CLOCK.advance(Duration.ofMinutes(1));
        TestApp.Answer started =
                estate.app.post("/api/v1/check-runs", Map.of("asset", "host-1")).is(202);
        estate.settle();
        JsonNode job = get(started.header("Location"));
        assertThat(job.path("state").asString()).isEqualTo("done");
        assertThat(job.path("done").asInt()).isEqualTo(14);
        estate.app.post("/api/v1/check-runs", Map.of("asset", "nowhere")).is(422);
        estate.app.post("/api/v1/check-runs", Map.of("check", "nothing")).is(422);
        TestApp.Answer foreign = estate.app
                .post("/api/v1/check-runs", Map.of("asset", "host-1", "check", "redis-anonymous-access"))
                .is(422);
        assertThat(foreign.text("/errors/0/code")).isEqualTo("does_not_apply");
        assertThat(foreign.text("/errors/0/message"))
                .contains("The check redis-anonymous-access is for service.redis; the asset host-1 is host.server.");
    }

    /** Pages say what checks say in the language of their reader; the API keeps to the check files. */
    @Test
    void pagesSpeakTheLanguageOfTheirReaderAboutChecks() {
        JsonNode run = get("/api/v1/check-runs?asset=host-1&outcome=fail").at("/items/0");
        JsonNode finding = get("/api/v1/findings?state=open").at("/items/0");
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
        return estate.page(path, "fr");
    }

    /** A person who clicks, on the page of checks, of an asset or in the list of assets: one allowance for all of them. */
    @Test
    void runsStartedByAPersonAreLimitedWhereverTheyAreStarted() {
        Map<Setting, String> admin =
                Map.of(Setting.ADMIN_EMAIL, "ada@example.org", Setting.ADMIN_PASSWORD, "correct-horse-battery");
        TestClock clock = new TestClock();
        try (TestApp own = TestApp.start(clock, admin)) {
            own.post(
                    "/api/v1/assets",
                    Map.of("ref", "redis-1", "name", "R", "kind", "service.redis", "owner", "owner@example.com"));
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
            own.call("POST", "/assets/bulk", bulk, form).is(429);
            assertThat(own.call("POST", "/checks/run", "asset=redis-1" + csrf, form)
                            .status())
                    .as("elsewhere too")
                    .isEqualTo(429);
            clock.advance(Duration.ofSeconds(10));
            own.call("POST", "/assets/bulk", bulk, form).is(303);
            own.call("POST", "/assets/bulk", bulk, form).is(429);
        }
    }

    @Test
    void runsStartedByHandAreLimitedForEachCaller() {
        Map<String, Object> wanted = Map.of("asset", "redis-1", "check", "redis-anonymous-access");
        Map<String, String> eager = TestApp.bearer(estate.token("compliance"));
        for (int call = 0; call < 100; call++) {
            estate.app.call("POST", "/api/v1/check-runs", wanted, eager).is(202);
        }
        TestApp.Answer refused =
                estate.app.call("POST", "/api/v1/check-runs", wanted, eager).is(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        estate.app.post("/api/v1/check-runs", wanted).is(202);
    }

    @Test
    void aFindingHasItsPageAndTheListOfAssetsKnowsOfIt() {
        String id = get("/api/v1/findings?asset=host-1").at("/items/0/id").asString();
        assertThat(estate.page("/findings/" + id))
                .contains(
                        "At least",
                        "nobody can tell: no run ever passed",
                        "The host-1",
                        "Who was told",
                        "/checks/runs/");
        assertThat(estate.page("/assets?state=failing"))
                .contains(">The host-1<")
                .doesNotContain(">The redis-1<");
        assertThat(estate.page("/assets?state=no_plan")).contains(">The host-1<", ">The redis-1<", "no review plan");
        assertThat(estate.page("/assets/host-1?timeline=findings"))
                .contains("Found open:")
                .doesNotContain("Added to the inventory");
        estate.app.get("/assets?state=wrong").is(400);
    }

    @Test
    void aPageThatIsNotThereSaysSoInTheLanguageOfItsReader() {
        assertThat(estate.call("GET", "/findings/no-such", null, "Cookie", "lang=fr")
                        .is(404)
                        .body())
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
        String page = estate.page("/checks/" + check, language);
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
