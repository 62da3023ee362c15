package dev.ronde.check.derive.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.check.derive.Exposed;
import org.junit.jupiter.api.Test;

final class GcpFirewallExposureTest {
    private static final GcpFirewallExposure DERIVER = new GcpFirewallExposure();
    private static final String NET = "https://www.googleapis.com/compute/v1/projects/p/global/networks/";

    private static String rule(String name, int priority, String what, String more) {
        return "{'kind':'compute#firewall','name':'" + name + "','network':'" + NET
                + "main','direction':'INGRESS','priority':" + priority + "," + what + more + "}";
    }

    private static String tcp(String access, String ports) {
        return "'" + access + "':[{'IPProtocol':'tcp','ports':['" + ports + "']}]";
    }

    private static Exposed judged(String... rules) {
        return Exposed.by(DERIVER, "{'items':[" + String.join(",", rules) + "]}");
    }

    @Test
    void aRuleForEverybody() {
        assertThat(judged(rule("allow-temp", 110, tcp("allowed", "9200-9300"), ",'sourceRanges':['0.0.0.0/0']"))
                        .words())
                .containsExactly("any public IPv4 address → TCP 9200–9300, rule allow-temp, priority 110");
    }

    @Test
    void nothingComesInByItself() {
        Exposed none = Exposed.by(DERIVER, "{'network':'main','items':[]}");
        assertThat(none.words()).isEmpty();
        assertThat(none.set().get("name")).isEqualTo("main");
        assertThatThrownBy(() -> judged()).hasMessageContaining("no firewall rule and names no network");
    }

    @Test
    void withoutASourceEverybodyIsMeant() {
        assertThat(judged(rule("r", 1000, tcp("allowed", "22"), "")).reaches()).containsExactly("any", "any");
        assertThat(judged(rule("r", 1000, tcp("allowed", "22"), ",'sourceTags':['bastion']"))
                        .words())
                .isEmpty();
    }

    @Test
    void aDenialWithoutASourceIsOfIpv4() {
        assertThat(judged(
                                rule("deny", 100, "'denied':[{'IPProtocol':'all'}]", ""),
                                rule("six", 200, tcp("allowed", "22"), ",'sourceRanges':['0.0.0.0/0','::/0']"))
                        .words())
                .containsExactly("any public IPv6 address → TCP 22, rule six, priority 200");
    }

    @Test
    void denyWinsAtTheSamePriority() {
        String everybody = ",'sourceRanges':['0.0.0.0/0']";
        assertThat(judged(
                                rule("allow", 1000, tcp("allowed", "22"), everybody),
                                rule("deny", 1000, "'denied':[{'IPProtocol':'all'}]", everybody))
                        .words())
                .isEmpty();
    }

    @Test
    void denyForSomeMachinesLeavesTheOthersOpen() {
        String everybody = ",'sourceRanges':['0.0.0.0/0']";
        assertThat(judged(
                                rule("deny", 900, tcp("denied", "22"), everybody + ",'targetTags':['web']"),
                                rule("allow", 1000, tcp("allowed", "22"), everybody))
                        .reaches())
                .containsExactly("any");
        assertThat(judged(rule("allow", 1000, tcp("allowed", "22"), everybody + ",'targetTags':['web']"))
                        .words())
                .containsExactly(
                        "any public IPv4 address → TCP 22 of machines with tag web, rule allow, priority 1000");
    }

    @Test
    void disabledAndOutboundRulesOpenNothing() {
        String everybody = ",'sourceRanges':['0.0.0.0/0']";
        Exposed exposed = judged(
                rule("off", 100, tcp("allowed", "22"), everybody + ",'disabled':true"),
                rule("out", 100, tcp("allowed", "22"), "").replace("INGRESS", "EGRESS"));
        assertThat(exposed.words()).isEmpty();
        assertThat(exposed.notes()).contains("disabled rules are left out");
    }

    @Test
    void networksAreApart() {
        String everybody = ",'sourceRanges':['0.0.0.0/0']";
        String other = rule("allow", 1000, tcp("allowed", "22"), everybody).replace("/main", "/other");
        assertThat(judged(rule("deny", 10, "'denied':[{'IPProtocol':'all'}]", everybody), other)
                        .words())
                .containsExactly("any public IPv4 address → TCP 22, rule allow of network other, priority 1000");
    }

    @Test
    void whatCannotBeReadNamesTheRule() {
        assertThatThrownBy(() -> judged(rule("odd", 1, tcp("allowed", "ssh"), "")))
                .hasMessage("rule odd: 'ports': 'ssh' is neither a port nor a range");
        assertThatThrownBy(() -> judged(rule("odd", 1, "'x':1", "")))
                .hasMessageContaining("exactly one of 'allowed' and 'denied'");
        assertThatThrownBy(() -> judged(rule("odd", 1, tcp("allowed", "1"), ",'sourceRanges':['300.0.0.0/8']")))
                .hasMessageContaining("rule odd: 'sourceRanges': '300.0.0.0/8' is no address range");
        assertThatThrownBy(() -> judged(rule("odd", 1, "'allowed':[{'IPProtocol':'icmp','ports':['1']}]", "")))
                .hasMessageContaining("a protocol without ports");
    }
}
