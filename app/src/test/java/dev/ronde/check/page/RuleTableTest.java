package dev.ronde.check.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.derive.Deriver;
import dev.ronde.check.derive.RuleDeriver;
import dev.ronde.check.derive.aws.AwsSgExposure;
import dev.ronde.check.derive.gcp.GcpFirewallExposure;
import dev.ronde.check.message.FactTranslation;
import dev.ronde.check.page.RuleTables.RuleTable;
import dev.ronde.check.page.RuleTables.RuleTable.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Of no rule is said that it lets nobody in where nobody looked. */
final class RuleTableTest {
    private static final RuleDeriver GOOGLE = new GcpFirewallExposure();

    private static Map<String, Object> rule(int number, String source, String port) {
        return rule("r" + number, "default", number, source, port);
    }

    private static Map<String, Object> rule(String name, String network, int priority, String source, String port) {
        return Map.of(
                "name",
                name,
                "network",
                network,
                "direction",
                "INGRESS",
                "priority",
                (long) priority,
                "sourceRanges",
                List.of(source),
                "allowed",
                List.of(Map.of("IPProtocol", "tcp", "ports", List.of(port))));
    }

    private static Map<String, Object> document(List<Map<String, Object>> rules) {
        return Map.of("items", rules);
    }

    private static Deriver.Input input(Map<String, Object> document) {
        return new Deriver.Input(document, Map.of("sensitivePorts", List.of("22/tcp")), Map.of());
    }

    private static RuleTable table(RuleDeriver deriver, Map<String, Object> document) {
        return RuleTable.of(
                "t", "d", deriver, document, deriver.judge(input(document)).whole());
    }

    private static long count(RuleTable table, Mark mark) {
        return table.rows().stream().filter(row -> row.mark() == mark).count();
    }

    /** None of them is large by itself; together they are. */
    private static Map<String, Object> manySmall() {
        return document(IntStream.range(0, 300)
                .mapToObj(i -> rule(i, "20." + i / 256 + "." + i % 256 + ".0/24", "22"))
                .toList());
    }

    @Test
    void everyRuleThatOnlyTogetherWithOthersLetsStrangersInIsMarked() {
        RuleTable table = table(GOOGLE, manySmall());
        assertThat(count(table, Mark.GUILTY) + table.hidden()).isEqualTo(300);
    }

    @Test
    void everyOneOfManyOpeningsIsMarked() {
        RuleTable table = table(
                GOOGLE,
                document(IntStream.range(0, 130)
                        .mapToObj(i -> rule(i, "0.0.0.0/0", String.valueOf(10_000 + 2 * i)))
                        .toList()));
        assertThat(count(table, Mark.STRANGERS) + table.hidden()).isEqualTo(130);
    }

    @Test
    void whatStoredFactsLeaveOutIsNotCalledHarmless() {
        Map<String, Object> document = manySmall();
        RuleTable table = RuleTable.of("t", "d", GOOGLE, document, GOOGLE.derive(input(document)));
        assertThat(count(table, Mark.GUILTY)).isEqualTo(20);
        assertThat(count(table, Mark.NONE)).isZero();
        assertThat(count(table, Mark.UNTOLD) + table.hidden()).isEqualTo(280);
    }

    @Test
    void aRuleOfWhichOnlyTheHarmlessPartIsToldIsNotCalledHarmless() {
        Map<String, Object> facts = Map.of(
                "more",
                3L,
                "exposures",
                List.of(Map.of(
                        "reach", "specific", "words", "10.0.0.0/24 → TCP 22", "rules", List.of(Map.of("name", "r1")))));
        Map<String, Object> document = document(List.of(rule(1, "10.0.0.0/24", "22"), rule(2, "0.0.0.0/0", "22")));
        RuleTable table = RuleTable.of("t", "d", GOOGLE, document, facts);
        assertThat(table.rows()).extracting(RuleTable.Row::mark).containsOnly(Mark.UNTOLD);
        assertThat(table.rows().get(0).opens()).containsExactly("10.0.0.0/24 → TCP 22");
    }

    @Test
    void theGuiltyOnesComeFirst() {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            rules.add(rule(i, "10.0." + i + ".0/24", "22"));
        }
        rules.add(rule(900, "0.0.0.0/0", "22"));
        RuleTable table = table(GOOGLE, document(rules));
        assertThat(table.rows().get(0).rule().name()).isEqualTo("r900");
        assertThat(table.hidden()).isEqualTo(201 - table.rows().size());
    }

    @Test
    void rulesOfSeveralNetworksAreMarkedToo() {
        RuleTable table = table(
                GOOGLE, document(List.of(rule(1, "0.0.0.0/0", "22"), rule("other", "web", 2, "0.0.0.0/0", "443"))));
        assertThat(count(table, Mark.GUILTY)).isEqualTo(1);
        RuleTable french = table.said(FactTranslation.ofRules(Locale.FRENCH));
        assertThat(french.rows().get(0).rule().owner()).isEqualTo("réseau default");
    }

    /** Half of the Internet is written in one prefix; without what is not public it would take a hundred. */
    @Test
    void saysThePrefixThatTheRuleWrote() {
        RuleTable table = table(GOOGLE, document(List.of(rule(1, "0.0.0.0/1", "22"), rule(2, "128.0.0.0/1", "22"))));
        assertThat(table.rows().stream().flatMap(row -> row.opens().stream()))
                .containsExactly(
                        "most public IPv4 addresses (0.0.0.0/1) → TCP 22, rule r1, priority 1",
                        "1,609,300,991 public IPv4 addresses (the public part of 128.0.0.0/1) → TCP 22, rule r2, priority 2");
    }

    @Test
    void aPrefixListThatNobodyReadIsNotCalledKnown() {
        Map<String, Object> permission = Map.of(
                "IpProtocol",
                "tcp",
                "FromPort",
                22L,
                "ToPort",
                22L,
                "PrefixListIds",
                List.of(Map.of("PrefixListId", "pl-1")));
        Map<String, Object> group = Map.of("GroupId", "sg-1", "GroupName", "g", "IpPermissions", List.of(permission));
        Map<String, Object> document = Map.of("SecurityGroups", List.of(group));
        assertThat(table(new AwsSgExposure(), document).rows().get(0).mark()).isEqualTo(Mark.UNRESOLVED);
    }
}
