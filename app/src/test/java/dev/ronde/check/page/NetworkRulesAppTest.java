package dev.ronde.check.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.TestApp;
import dev.ronde.testing.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From a pushed rule set to the finding and its pages, for each vendor, in the shapes their command lines print. */
final class NetworkRulesAppTest {
    private static final TestClock CLOCK = new TestClock();
    private static final String AZURE = "azure-nsg-internet-to-sensitive-ports";
    private static final String WORDS = "any public IPv4 address → TCP 9200–9300, rule allow-temp, priority 110";
    private static final String FRENCH = "toute adresse IPv4 publique → TCP 9200–9300, règle allow-temp, priorité 110";

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start() {
        estate = CheckedEstate.start(CLOCK, Map.of());
        estate.asset("nsg-1", "cloud.azure.nsg");
        estate.asset("nsg-2", "cloud.azure.nsg");
        estate.asset("nsg-3", "cloud.azure.nsg");
        estate.asset("sg-1", "cloud.aws.sg");
        estate.asset("fw-1", "cloud.gcp.firewall");
        estate.settle();
    }

    private static String fixture(String path) {
        return Overlay.of("checks", null)
                .read("fixtures/" + path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElseThrow();
    }

    /** The rule allow-temp, for the own network only. */
    private static String withPrivateSource(String json) {
        return json.lines()
                .map(line -> line.contains("\"allow-temp\"")
                        ? line.replace("\"sourceAddressPrefix\": \"*\"", "\"sourceAddressPrefix\": \"10.0.0.0/8\"")
                        : line)
                .collect(Collectors.joining("\n"));
    }

    private static JsonNode push(String asset, String source, String json) {
        CLOCK.advance(Duration.ofMinutes(2));
        TestApp.Answer answer = estate.push(asset, source, json);
        assertThat(answer.status()).as(answer.body()).isIn(200, 201);
        return answer.json();
    }

    private static String page(String path, String language) {
        return estate.page(path, language);
    }

    @Test
    void anAzureGroupIsJudgedWhenItIsPushedAndTheGuiltyRuleIsMarked() {
        JsonNode pushed = push("nsg-1", "azure.nsg.v1", fixture(AZURE + "/flat.json"));
        assertThat(push("nsg-1", "azure.nsg.v1", fixture(AZURE + "/nested.json"))
                        .path("digest"))
                .isEqualTo(pushed.path("digest"));
        JsonNode run = estate.run("nsg-1", AZURE);
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo("fail");
        assertThat(run.path("severity").asString()).isEqualTo("critical");
        assertThat(run.at("/assertions/0/message").asString()).contains(WORDS);
        assertThat(run.toString()).doesNotContain("it-support").doesNotContain("nobody@");
        String finding = estate.finding("nsg-1", AZURE);
        assertThat(estate.result("nsg-1", "azure-nsg-attached-to-subnets")).isEqualTo("pass");
        for (String language : List.of("en", "fr")) {
            for (String path :
                    List.of("/assets/nsg-1", "/checks/runs/" + run.path("id").asString(), "/checks/" + AZURE)) {
                assertThat(page(path, language)).doesNotContainPattern("(?<![\\w-])check\\.rules\\.[a-z]");
            }
            String asset = page("/assets/nsg-1", language);
            assertThat(asset).contains("<mark>allow-temp</mark>").contains(language.equals("fr") ? FRENCH : WORDS);
            assertThat(asset).doesNotContain("<mark>allow-web</mark>").doesNotContain("<mark>deny-internet</mark>");
            assertThat(page("/checks/runs/" + run.path("id").asString(), language))
                    .contains("<mark>allow-temp</mark>");
        }
        assertThat(page("/findings?asset=nsg-1", "fr"))
                .contains("Des ports sensibles sont ouverts à des inconnus : " + FRENCH)
                .doesNotContain("any public");
        String page = "/findings/" + finding;
        assertThat(visible(page(page, "en")))
                .contains("<p>Sensitive ports are open to strangers: " + WORDS)
                .doesNotContain("sensitive.digest", "sha256:");
        assertThat(visible(page(page, "fr")))
                .contains("<p>Des ports sensibles sont ouverts à des inconnus : " + FRENCH);
        assertThat(page(page, "en")).contains("sensitive.digest");
        push("nsg-1", "azure.nsg.v1", withPrivateSource(fixture(AZURE + "/flat.json")));
        assertThat(estate.result("nsg-1", AZURE)).isEqualTo("pass");
        assertThat(page("/checks/runs/" + run.path("id").asString(), "en")).contains("<mark>allow-temp</mark>");
        assertThat(page("/assets/nsg-1", "en")).doesNotContain("<mark>allow-temp</mark>");
    }

    /** What a page shows before anything is opened. */
    private static String visible(String page) {
        return page.replaceAll("(?s)<details>.*?</details>", "");
    }

    @Test
    void whatCannotBeReadIsAnErrorThatNamesTheRule() {
        push(
                "nsg-2",
                "azure.nsg.v1",
                "{'name':'n','properties':{'securityRules':[{'name':'odd','properties':{'access':'Allow','direction':'Inbound',"
                        + "'priority':100,'protocol':'Tcp','sourceAddressPrefix':'*','sourcePortRange':'*',"
                        + "'destinationAddressPrefix':'*','destinationPortRange':'92x0'}}]}}");
        JsonNode run = estate.run("nsg-2", AZURE);
        assertThat(run.path("outcome").asString()).isEqualTo("error");
        assertThat(run.path("reason").asString()).isEqualTo("unparsable-rule");
        assertThat(run.path("detail").asString())
                .isEqualTo("rule odd: 'destinationPortRanges': '92x0' is neither a port nor a range");
        assertThat(page("/checks/runs/" + run.path("id").asString(), "fr"))
                .contains(
                        "Règle odd : dans le champ « destinationPortRanges », « 92x0 » n’est ni un port ni une plage de ports.")
                .doesNotContain("rule odd");
        assertThat(page("/assets/nsg-2", "en")).contains("rule odd:");
    }

    @Test
    void groupsOfAwsAndRulesOfGoogleAreJudgedAsTheirToolsPrintThem() {
        push("sg-1", "aws.sg.v1", fixture("aws-sg-internet-to-sensitive-ports/describe-security-groups.json"));
        JsonNode aws = estate.run("sg-1", "aws-sg-internet-to-sensitive-ports");
        assertThat(aws.path("outcome").asString()).as(aws.toString()).isEqualTo("fail");
        assertThat(aws.at("/assertions/0/message").asString())
                .contains("any public IPv4 address → TCP 9200–9300, rule tcp 9200-9300 from 0.0.0.0/0");
        push("fw-1", "gcp.firewall.v1", fixture("gcp-firewall-internet-to-sensitive-ports/firewall-rules-list.json"));
        JsonNode gcp = estate.run("fw-1", "gcp-firewall-internet-to-sensitive-ports");
        assertThat(gcp.path("outcome").asString()).as(gcp.toString()).isEqualTo("fail");
        assertThat(gcp.at("/assertions/0/message").asString()).contains(WORDS);
        assertThat(page("/assets/sg-1", "fr")).contains("<mark>tcp 9200-9300 depuis 0.0.0.0/0</mark>");
        assertThat(page("/assets/fw-1", "fr")).contains("<mark>allow-temp</mark>");
    }

    @Test
    void whatWasNotJudgedIsNotShownAsHarmless() {
        String flat = fixture(AZURE + "/flat.json");
        int end = flat.lastIndexOf('}');
        push("nsg-3", "azure.nsg.v1", flat.substring(0, end) + ", \"nextLink\": \"https://example.com/2\"}");
        assertThat(estate.run("nsg-3", AZURE).path("outcome").asString()).isEqualTo("unknown");
        assertThat(page("/assets/nsg-3", "en"))
                .contains("These rules were not judged", "one page of several (nextLink)", "? not judged")
                .doesNotContain("data-mark=\"none\"");
        assertThat(page("/assets/nsg-3", "fr")).contains("Ces règles n’ont pas été jugées", "? non jugée");
        push(
                "nsg-3",
                "azure.nsg.v1",
                flat.replaceFirst("\"direction\": ?\"Inbound\"", "\"sourceServiceTags\": [\"Internet\"], $0"));
        assertThat(estate.run("nsg-3", AZURE).path("outcome").asString()).isEqualTo("error");
        assertThat(page("/assets/nsg-3", "en"))
                .contains("These fields are not understood", "sourceServiceTags", "? not judged");
    }
}
