package dev.ronde.check.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.config.Setting;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Why there is no result stands on every page in the language of its reader, and in the API in English. */
final class ReasonsAppTest {
    private static final String GROUP =
            "{\"name\":\"n\",\"securityRules\":[{\"name\":\"web\",\"access\":\"Allow\",\"direction\":\"Inbound\",\"priority\":100,"
                    + "\"protocol\":\"Tcp\",\"sourceAddressPrefix\":\"*\",\"sourcePortRange\":\"*\",\"destinationAddressPrefix\":\"*\","
                    + "\"destinationPortRange\":\"443\"}]}";
    private static final TestClock CLOCK = new TestClock();

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start() {
        estate = CheckedEstate.start(CLOCK, Map.of(Setting.PROBE_ALLOW, "10.0.0.0/8"));
    }

    @Test
    void aTargetThatMayNotBeProbedIsToldToEveryReader() {
        asset("cache-1", "service.redis");
        String run = run("cache-1", "redis-anonymous-access").path("id").asString();
        assertThat(run("cache-1", "redis-anonymous-access").path("detail").asString())
                .contains("RONDE_PROBE_ALLOW does not cover 127.0.0.1 port 6379")
                .contains("probe_authorised_until is not set");

        List<String> pages = List.of(
                page("/checks/runs/" + run, "fr"),
                estate.call(
                                "POST",
                                "/checks/redis-anonymous-access/dry-run",
                                "asset=cache-1",
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "Cookie",
                                "lang=fr")
                        .body());
        for (String french : pages) {
            assertThat(french)
                    .contains("RONDE_PROBE_ALLOW ne couvre pas 127.0.0.1:6379")
                    .contains("Personne n’a autorisé les sondes.")
                    .doesNotContain("does not cover", "is not set", "<p lang=\"en\"");
        }
        assertThat(page("/checks/runs/" + run, "en")).contains("probe_authorised_until is not set");
        assertThat(page("/assets/cache-1", "fr"))
                .contains("RONDE_PROBE_ALLOW ne couvre pas 127.0.0.1:6379")
                .doesNotContain("policy-denied");
        assertThat(page("/coverage/gaps?asset=cache-1", "fr"))
                .contains("RONDE_PROBE_ALLOW ne couvre pas 127.0.0.1:6379");
        assertThat(estate.text("/api/v1/coverage/gaps?asset=cache-1&gap=policy_denied", "/items/0/run"))
                .isEqualTo(run);
    }

    /** Whoever looks at the asset need not open each run to see what its configuration does not tell. */
    @Test
    void thePageOfTheAssetNamesWhatIsMissing() {
        asset("host-3", "host.server");
        estate.pushed("host-3", "host.v1", "{'os':{'family':'linux','supported':true}}");
        assertThat(page("/assets/host-3", "en")).contains("lacks local_admins.count", "lacks disks");
        assertThat(page("/assets/host-3", "fr")).contains("Il manque local_admins.count");
    }

    @Test
    void aRefusedConfigurationIsToldToEveryReader() {
        asset("group-1", "cloud.azure.nsg");
        push("group-1", GROUP).is(201);
        push("group-1", GROUP.replace("100", "\"many\"")).is(422);
        JsonNode run = run("group-1", "azure-nsg-internet-to-sensitive-ports");
        assertThat(run.path("detail").asString()).startsWith("the newer configuration of ");
        assertThat(page("/checks/runs/" + run.path("id").asString(), "fr"))
                .contains("La configuration la plus récente selon azure.nsg.v1 a été refusée")
                .contains("/securityRules/0/priority")
                .doesNotContain("a value has another type", "push one that");
    }

    @Test
    void whoeverPushesWhatNothingJudgesIsToldSo() {
        asset("host-1", "host.linux");
        asset("group-2", "cloud.azure.nsg");
        TestApp.Answer stray = push("host-1", GROUP).is(201);
        assertThat(stray.json().path("judged_by").isArray()).isTrue();
        assertThat(stray.json().path("judged_by").isEmpty()).isTrue();
        assertThat(page("/assets/host-1", "en")).contains(": no check of this asset reads it");
        assertThat(page("/assets/host-1", "fr")).contains(" : aucun contrôle de cet actif ne la lit");

        assertThat(push("group-2", GROUP).json().path("judged_by").toString())
                .contains("azure-nsg-internet-to-sensitive-ports");
        assertThat(page("/assets/group-2", "en")).doesNotContain("no check of this asset reads");
    }

    private static void asset(String ref, String kind) {
        estate.asset(ref, kind, "address", "127.0.0.1", "port", 6379);
        estate.settle();
    }

    private static TestApp.Answer push(String ref, String document) {
        CLOCK.advance(Duration.ofMinutes(10));
        return estate.push(ref, "azure.nsg.v1", document);
    }

    private static JsonNode run(String ref, String check) {
        return estate.run(ref, check);
    }

    private static String page(String path, String language) {
        return estate.page(path, language);
    }
}
