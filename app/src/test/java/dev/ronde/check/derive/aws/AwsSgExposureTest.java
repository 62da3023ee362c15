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

    private static final String CLOSING = entry(32_767, "deny", "0.0.0.0/0", "");

    private static String acls(String entries) {
        return "'NetworkAcls':[" + acl("acl-1", "vpc-1", entries) + "]";
    }

    private static String acl(String id, String vpc, String entries) {
        return "{'NetworkAclId':'" + id + "','VpcId':'" + vpc
                + "','IsDefault':true,'Associations':[{'SubnetId':'subnet-1'}]," + "'Entries':[" + entries + "]}";
    }

    private static String with(String acls, String group) {
        return group.replaceFirst("\\{", "{'NetworkAcls':[" + acls + "],");
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
        refused(
                one.replaceFirst("\\{", "{'SecurityGroups':[" + group("sg-2", "") + "],"),
                "'GroupId' beside 'SecurityGroups'");
        String entry = entry(90, "deny", "0.0.0.0/0", "");
        refused(
                one.replaceFirst("\\{", "{" + acls(entry.replace("'Egress':false,", "")) + ","),
                "rule 90 of acl-1: 'Egress' is missing");
        refused(
                one.replaceFirst(
                        "\\{", "{" + acls(entry.replace("'CidrBlock'", "'Ipv6CidrBlock':'::/0','CidrBlock'")) + ","),
                "rule 90 of acl-1: both");
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
    void anAclOfAnotherVpcClosesNothing() {
        String open = group("sg-1", open("tcp", 22, 22, "0.0.0.0/0"));
        String closed = acl("acl-9", "vpc-9", CLOSING);
        assertThatThrownBy(() -> Exposed.by(DERIVER, with(closed, open)))
                .hasMessage(
                        "sg-1-name: no network ACL of a subnet of vpc-1 is there; push those of the subnets of the machine,"
                                + " or none");
        String own = acl("acl-1", "vpc-1", entry(100, "allow", "0.0.0.0/0", "") + "," + CLOSING);
        Exposed both = Exposed.by(DERIVER, with(closed + "," + own, open));
        assertThat(both.words())
                .containsExactly(
                        "any public IPv4 address → TCP 22, rule 100 of acl-1, then rule tcp 22 from 0.0.0.0/0");
        assertThat(both.notes()).contains("left out: acl-9");
        String foreign = acl("acl-9", "vpc-9", entry(100, "allow", "0.0.0.0/0", "") + "," + CLOSING);
        assertThat(Exposed.by(DERIVER, with(foreign + "," + acl("acl-1", "vpc-1", CLOSING), open))
                        .words())
                .isEmpty();
    }

    @Test
    void anAclWithoutSubnetsOrVpcClosesNothing() {
        String open = group("sg-1", open("tcp", 22, 22, "0.0.0.0/0"));
        String own = acl("acl-1", "vpc-1", CLOSING);
        refused(
                with(own.replaceFirst("'Associations':\\[.*?\\],", "'Associations':[],"), open),
                "no network ACL of a subnet of vpc-1 is there");
        assertThatThrownBy(() -> Exposed.by(DERIVER, with(own.replace("'VpcId':'vpc-1',", ""), open)))
                .hasMessage("network ACL acl-1: 'VpcId' is missing");
        assertThatThrownBy(() -> Exposed.by(DERIVER, with(own, open.replace("'VpcId':'vpc-1',", ""))))
                .hasMessage("sg-1-name: 'VpcId' is missing");
    }

    @Test
    void anAclThatDoesNotEndIsNotWhole() {
        String open = group("sg-1", open("tcp", 22, 22, "0.0.0.0/0"));
        for (String entries : new String[] {"", entry(90, "deny", "0.0.0.0/0", "")}) {
            refused(
                    with(acl("acl-1", "vpc-1", entries), open),
                    "network ACL acl-1: 'Entries' does not end with the inbound entry 32767");
        }
    }

    @Test
    void eachGroupStandsBehindTheAclsOfItsOwnVpc() {
        String groups = "{'SecurityGroups':[" + group("sg-1", open("tcp", 22, 22, "0.0.0.0/0")) + ","
                + group("sg-2", open("tcp", 3389, 3389, "0.0.0.0/0")).replace("vpc-1", "vpc-2") + "]}";
        String acls = acl("acl-1", "vpc-1", CLOSING) + ","
                + acl("acl-2", "vpc-2", entry(100, "allow", "0.0.0.0/0", "") + "," + CLOSING);
        assertThat(Exposed.by(DERIVER, with(acls, groups)).words())
                .singleElement()
                .asString()
                .contains("TCP 3389")
                .contains("acl-2");
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
                .hasMessage("permission 1 of sg-1-name: 'CidrIp': '0.0.0.0/x' is no address range");
        refused(group("sg-1", open("gre?", 22, 22, "0.0.0.0/0")), "which is no protocol");
        refused(group("sg-1", "{'IpProtocol':'tcp','IpRanges':[{'CidrIp':'0.0.0.0/0'}]}"), "'FromPort' is missing");
        refused(group("sg-1", open("tcp", 22, 22)), "names no source");
        refused("{'SecurityGroups':[]}", "holds no security group");
    }

    private static void refused(String document, String why) {
        assertThatThrownBy(() -> Exposed.by(DERIVER, document)).hasMessageContaining(why);
    }
}
