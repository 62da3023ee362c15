package dev.ronde.check.derive.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.check.derive.Exposed;
import org.junit.jupiter.api.Test;

final class AwsSgExposureTest {
    private static final AwsSgExposure DERIVER = new AwsSgExposure();

    private static String group(String id, String permissions) {
        return "{'GroupId':'" + id + "','GroupName':'" + id
                + "-name','VpcId':'vpc-1','OwnerId':'123456789012','Description':'d','IpPermissions':[" + permissions
                + "],'IpPermissionsEgress':[{'IpProtocol':'-1','IpRanges':[{'CidrIp':'0.0.0.0/0'}],'Ipv6Ranges':[],'PrefixListIds':[],'UserIdGroupPairs':[]}]}";
    }

    private static String open(String protocol, int from, int to, String... cidrs) {
        StringBuilder four = new StringBuilder();
        StringBuilder six = new StringBuilder();
        for (String cidr : cidrs) {
            StringBuilder list = cidr.contains(":") ? six : four;
            list.append(list.isEmpty() ? "" : ",")
                    .append(cidr.contains(":") ? "{'CidrIpv6':'" : "{'CidrIp':'")
                    .append(cidr)
                    .append("'}");
        }
        return "{'IpProtocol':'" + protocol + "','FromPort':" + from + ",'ToPort':" + to + ",'IpRanges':[" + four
                + "],'Ipv6Ranges':[" + six + "],'PrefixListIds':[],'UserIdGroupPairs':[]}";
    }

    private static String acls(String entries) {
        return "'NetworkAcls':[{'NetworkAclId':'acl-1','IsDefault':true,'Entries':[" + entries + "]}]";
    }

    private static String entry(int number, String action, String cidr, String ports) {
        return "{'RuleNumber':" + number + ",'Egress':false,'Protocol':'" + (ports.isEmpty() ? "-1" : "6")
                + "','RuleAction':'" + action + "','CidrBlock':'" + cidr + "'"
                + (ports.isEmpty() ? "" : ",'PortRange':{" + ports + "}") + "}";
    }

    @Test
    void aPermissionForEverybody() {
        Exposed exposed = Exposed.by(DERIVER, group("sg-1", open("tcp", 9200, 9300, "0.0.0.0/0")));
        assertThat(exposed.words())
                .containsExactly("any public IPv4 address → TCP 9200–9300, rule tcp 9200-9300 from 0.0.0.0/0");
        assertThat(exposed.sensitive()).isNotEmpty();
        assertThat(exposed.notes()).contains("network ACLs are not part of the snapshot");
    }

    @Test
    void familiesAreWhatTheySay() {
        assertThat(Exposed.by(DERIVER, group("sg-1", open("tcp", 22, 22, "::/0", "10.0.0.0/8")))
                        .words())
                .containsExactly("any public IPv6 address → TCP 22, rule tcp 22 from ::/0");
    }

    @Test
    void allGroupsOfAMachineTogether() {
        String both = "{'SecurityGroups':[" + group("sg-1", open("tcp", 22, 22, "0.0.0.0/1")) + ","
                + group("sg-2", open("tcp", 22, 22, "128.0.0.0/1") + "," + open("tcp", 443, 443, "0.0.0.0/0")) + "]}";
        Exposed exposed = Exposed.by(DERIVER, both);
        assertThat(exposed.words())
                .contains("any public IPv4 address → TCP 443, rule tcp 443 from 0.0.0.0/0 of sg-2-name (sg-2)");
        assertThat(exposed.sensitive()).contains("TCP 22").contains("sg-1");
        assertThat(exposed.unpublished()).doesNotContain("443");
    }

    @Test
    void everyRuleThatOpensIsNamed() {
        String both = "{'SecurityGroups':[" + group("sg-1", open("tcp", 22, 22, "0.0.0.0/0")) + ","
                + group("sg-2", open("tcp", 0, 65_535, "0.0.0.0/0")) + "]}";
        assertThat(Exposed.by(DERIVER, both).words())
                .hasSize(2)
                .anyMatch(words -> words.contains("of sg-1-name"))
                .anyMatch(words -> words.contains("of sg-2-name"));
    }

    @Test
    void allProtocolsAndIcmp() {
        assertThat(Exposed.by(DERIVER, group("sg-1", "{'IpProtocol':'-1','IpRanges':[{'CidrIp':'0.0.0.0/0'}]}"))
                        .words())
                .containsExactly("any public IPv4 address → every protocol and port, rule all from 0.0.0.0/0");
        Exposed ping = Exposed.by(DERIVER, group("sg-1", open("icmp", 8, -1, "0.0.0.0/0")));
        assertThat(ping.words()).containsExactly("any public IPv4 address → ICMP, rule icmp from 0.0.0.0/0");
        assertThat(ping.unpublished()).isEmpty();
    }

    @Test
    void otherGroupsArePrivate() {
        assertThat(Exposed.by(
                                DERIVER,
                                group(
                                        "sg-1",
                                        "{'IpProtocol':'tcp','FromPort':22,'ToPort':22,'UserIdGroupPairs':[{'GroupId':'sg-9'}]}"))
                        .words())
                .isEmpty();
    }

    @Test
    void whatHasTwoReadingsIsAnError() {
        String one = group("sg-1", open("tcp", 22, 22, "0.0.0.0/0"));
        assertThatThrownBy(() ->
                        Exposed.by(DERIVER, one.replaceFirst("\\{", "{'SecurityGroups':[" + group("sg-2", "") + "],")))
                .hasMessageContaining("'GroupId' beside 'SecurityGroups'");
        String entry = entry(90, "deny", "0.0.0.0/0", "");
        assertThatThrownBy(() -> Exposed.by(
                        DERIVER, one.replaceFirst("\\{", "{" + acls(entry.replace("'Egress':false,", "")) + ",")))
                .hasMessageContaining("rule 90 of acl-1: 'Egress' is missing");
        assertThatThrownBy(() -> Exposed.by(
                        DERIVER,
                        one.replaceFirst(
                                "\\{",
                                "{" + acls(entry.replace("'CidrBlock'", "'Ipv6CidrBlock':'::/0','CidrBlock'")) + ",")))
                .hasMessageContaining("rule 90 of acl-1: both");
    }

    @Test
    void prefixListsAreLookedUpOrSaidToBeUnknown() {
        String permission = "{'IpProtocol':'tcp','FromPort':22,'ToPort':22,'PrefixListIds':[{'PrefixListId':'pl-1'}]}";
        assertThat(Exposed.by(DERIVER, group("sg-1", permission)).words())
                .containsExactly("whoever is in prefix list pl-1 → TCP 22, rule tcp 22 from pl-1");
        String known = group("sg-1", permission)
                .replaceFirst("\\{", "{'PrefixLists':[{'PrefixListId':'pl-1','Entries':[{'Cidr':'0.0.0.0/0'}]}],");
        assertThat(Exposed.by(DERIVER, known).reaches()).containsExactly("any");
    }

    @Test
    void networkAclsCloseByNumber() {
        String group = group("sg-1", open("tcp", 22, 22, "0.0.0.0/0") + "," + open("tcp", 443, 443, "0.0.0.0/0"));
        String acl = acls(entry(90, "deny", "0.0.0.0/0", "'From':22,'To':22") + ","
                + entry(100, "allow", "0.0.0.0/0", "") + "," + entry(32_767, "deny", "0.0.0.0/0", ""));
        assertThat(Exposed.by(DERIVER, group.replaceFirst("\\{", "{" + acl + ","))
                        .words())
                .containsExactly(
                        "any public IPv4 address → TCP 443, rule 100 of acl-1, then rule tcp 443 from 0.0.0.0/0");
    }

    @Test
    void theListOfANetworkOfBothFamiliesEndsWithTwoDenials() {
        String group = group("sg-1", open("tcp", 22, 22, "0.0.0.0/0"));
        String acl = acls(entry(100, "allow", "0.0.0.0/0", "") + ","
                + entry(101, "allow", "::/0", "").replace("CidrBlock", "Ipv6CidrBlock") + ","
                + entry(32_767, "deny", "0.0.0.0/0", "") + ","
                + entry(32_768, "deny", "::/0", "").replace("CidrBlock", "Ipv6CidrBlock"));
        assertThat(Exposed.by(DERIVER, group.replaceFirst("\\{", "{" + acl + ","))
                        .words())
                .containsExactly(
                        "any public IPv4 address → TCP 22, rule 100 of acl-1, then rule tcp 22 from 0.0.0.0/0");
    }

    @Test
    void whatCannotBeReadNamesThePermission() {
        assertThatThrownBy(() -> Exposed.by(DERIVER, group("sg-1", open("tcp", 22, 22, "0.0.0.0/x"))))
                .hasMessage("permission 1 of sg-1-name: '0.0.0.0/x' is no address range");
        assertThatThrownBy(() -> Exposed.by(DERIVER, group("sg-1", open("gre?", 22, 22, "0.0.0.0/0"))))
                .hasMessageContaining("which is no protocol");
        assertThatThrownBy(() ->
                        Exposed.by(DERIVER, group("sg-1", "{'IpProtocol':'tcp','IpRanges':[{'CidrIp':'0.0.0.0/0'}]}")))
                .hasMessageContaining("'FromPort' is missing");
        assertThatThrownBy(() -> Exposed.by(DERIVER, group("sg-1", open("tcp", 22, 22))))
                .hasMessageContaining("names no source");
        assertThatThrownBy(() -> Exposed.by(DERIVER, "{'SecurityGroups':[]}"))
                .hasMessageContaining("holds no security group");
    }
}
