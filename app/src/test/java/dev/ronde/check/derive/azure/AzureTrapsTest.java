package dev.ronde.check.derive.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ronde.check.derive.Exposed;
import dev.ronde.check.derive.UnparsableException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule sets that tools misjudge, one by one. */
final class AzureTrapsTest {
    private static final AzureNsgExposure DERIVER = new AzureNsgExposure();
    private static final Map<String, String> FIELDS = Map.of(
            "from", "sourceAddressPrefix",
            "out", "sourcePortRange",
            "to", "destinationAddressPrefix",
            "ports", "destinationPortRange");
    private static final String FOUR = "any public IPv4 address → ";
    private static final String SIX = "any public IPv6 address → ";

    private static String rule(String name, int priority, String access, String source, String ports) {
        return rule(
                name,
                priority,
                access,
                "'sourceAddressPrefix':'" + source + "','destinationPortRange':'" + ports + "'");
    }

    private static String rule(String name, int priority, String access, String fields) {
        String rest = "";
        for (String standard : new String[] {
            "'direction':'Inbound'", "'protocol':'Tcp'", "'sourcePortRange':'*'", "'destinationAddressPrefix':'*'"
        }) {
            String field = standard.substring(0, standard.indexOf(':'));
            boolean plural = fields.contains(field.substring(0, field.length() - 1) + "s'")
                    || fields.contains(field.substring(0, field.length() - 1) + "es'");
            if (!fields.contains(field)
                    && !plural
                    && !(field.contains("destinationA") && fields.contains("destinationApp"))) {
                rest += "," + standard;
            }
        }
        return "{'name':'" + name + "','properties':{'priority':" + priority + ",'access':'" + access + "'," + fields
                + rest + "}}";
    }

    private static String group(String... rules) {
        return "{'name':'nsg','properties':{'securityRules':[" + String.join(",", rules) + "]}}";
    }

    private static Exposed judged(String... rules) {
        return Exposed.by(DERIVER, group(rules));
    }

    @Test
    void theMarkOfTheRedactorStaysWhatItIs() {
        assertThat(judged(rule("allow «redacted:email» #1a2b3c4d", 110, "Allow", "Internet", "9200"))
                        .words()
                        .get(0))
                .contains("rule allow «redacted:email» #1a2b3c4d,");
    }

    @Test
    void theRuleOfDecember2019() {
        Exposed exposed = judged(rule("allow-temp", 110, "Allow", "Internet", "9200-9300"));
        assertThat(exposed.words())
                .containsExactly(
                        FOUR + "TCP 9200–9300, rule allow-temp, priority 110",
                        SIX + "TCP 9200–9300, rule allow-temp, priority 110");
        assertThat(exposed.sensitive()).startsWith(FOUR + "TCP 9200–9300, rule allow-temp, priority 110");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "Any", "any", "Internet", "INTERNET", "internet", "0.0.0.0/0"})
    void everySpellingOfEverybody(String source) {
        assertThat(judged(rule("r", 100, "Allow", source, "22")).words())
                .containsExactly(FOUR + "TCP 22, rule r, priority 100", SIX + "TCP 22, rule r, priority 100");
    }

    @Test
    void twoHalvesOfTheInternetInOneRule() {
        assertThat(judged(rule(
                                "halves",
                                100,
                                "Allow",
                                "'sourceAddressPrefixes':['0.0.0.0/1','128.0.0.0/1'],'destinationPortRange':'22'"))
                        .words())
                .containsExactly(FOUR + "TCP 22, rule halves, priority 100");
    }

    @Test
    void fourQuartersOfTheInternetInFourRules() {
        Exposed exposed = judged(
                rule("q1", 100, "Allow", "0.0.0.0/2", "22"),
                rule("q2", 110, "Allow", "64.0.0.0/2", "22"),
                rule("q3", 120, "Allow", "128.0.0.0/2", "22"),
                rule("q4", 130, "Allow", "192.0.0.0/2", "22"));
        assertThat(exposed.words())
                .containsExactly(FOUR
                        + "TCP 22, rule q1, priority 100, rule q2, priority 110, rule q3, priority 120 and 1 more");
        assertThat(exposed.reaches()).containsExactly("any");
    }

    @Test
    void everythingButOneBlock() {
        Exposed exposed = judged(
                rule("not-theirs", 100, "Deny", "11.0.0.0/8", "22"), rule("all", 110, "Allow", "0.0.0.0/0", "22"));
        assertThat(exposed.words())
                .contains("any public IPv4 address except 11.0.0.0/8 → TCP 22, rule all, priority 110");
        assertThat(exposed.reaches()).containsExactly("any", "any");
    }

    /** Nobody is left out whom another rule lets in. */
    @Test
    void whomAnotherRuleLetsInIsNoException() {
        Exposed exposed = judged(
                rule("not-theirs", 100, "Deny", "11.0.0.0/8", "22"),
                rule("resolver", 110, "Allow", "8.8.8.8", "22"),
                rule("all", 120, "Allow", "0.0.0.0/0", "22"));
        assertThat(exposed.words())
                .contains(
                        "any public IPv4 address except 11.0.0.0/8 → TCP 22, rule all, priority 120",
                        "8.8.8.8 → TCP 22, rule resolver, priority 110");
        Exposed within = judged(
                rule("one-of-theirs", 100, "Allow", "11.1.2.3", "22"),
                rule("not-theirs", 110, "Deny", "11.0.0.0/8", "22"),
                rule("all", 120, "Allow", "0.0.0.0/0", "22"));
        assertThat(within.words())
                .as("a hole in an exception does not break it up")
                .contains("any public IPv4 address except 11.0.0.0/8 → TCP 22, rule all, priority 120");
        Exposed everybody =
                judged(rule("resolver", 100, "Allow", "8.8.8.8", "22"), rule("all", 110, "Allow", "0.0.0.0/0", "22"));
        assertThat(everybody.words())
                .contains(FOUR + "TCP 22, rule all, priority 110", "8.8.8.8 → TCP 22, rule resolver, priority 100");
    }

    @ParameterizedTest
    @CsvSource({
        "52.10.0.0/16, large",
        "52.10.0.0/17, specific",
        "8.8.8.8, specific",
        "64.0.0.0/2, large",
        "1.0.0.0/8, large",
        "2000::/4, any",
        "2a00::/37, any",
        "2a00::/38, large",
        "2a00:1::/48, large",
        "2a00:1::/49, specific",
        "2a00::1, specific",
        "AzureCloud, azure-tenants",
        "azurecloud.WestEurope, azure-tenants"
    })
    void reachIsMeasuredNotSpelt(String source, String reach) {
        assertThat(judged(rule("r", 100, "Allow", source, "22")).reaches()).containsExactly(reach);
    }

    @Test
    void tenantsOfTheCloudAreStrangers() {
        Exposed exposed = judged(rule("r", 100, "Allow", "AzureCloud.westeurope", "3389"));
        assertThat(exposed.sensitive())
                .isEqualTo("any Azure customer (AzureCloud.westeurope) → TCP 3389, rule r, priority 100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/8",
                "VirtualNetwork",
                "VIRTUAL_NETWORK",
                "AzureLoadBalancer",
                "168.63.129.16",
                "192.168.0.0/16",
                "100.64.0.0/10",
                "fd00::/8"
            })
    void privateSourcesAreNotTheInternet(String source) {
        assertThat(judged(rule("r", 100, "Allow", source, "*")).words()).isEmpty();
    }

    @Test
    void aPrefixThatOnlyContainsThePrivateOneIsNotPrivate() {
        assertThat(judged(rule("r", 100, "Allow", "8.0.0.0/5", "22")).reaches()).containsExactly("large");
        assertThat(judged(rule("r", 100, "Allow", "110.0.0.0/8", "22")).reaches())
                .containsExactly("large");
    }

    /** Rules by name, priority and access, with their fields; {@code 4} and {@code 6} are who gets through of which family. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            everybody of IPv6 alone | 6 | r 100 Allow from=::/0 ports=22 | TCP 22, rule r, priority 100
            deny before allow | 46 | deny 100 Deny from=* ports=22; allow 200 Allow from=* ports=20-25 | TCP 20–21 and 23–25, rule allow, priority 200
            allow before deny | 46 | deny 200 Deny from=* ports=*; r 100 Allow from=* ports=22 | TCP 22, rule r, priority 100
            deny of IPv4 alone | 6 | deny 100 Deny from=0.0.0.0/0 ports=*; r 200 Allow from=* ports=22 | TCP 22, rule r, priority 200
            of another protocol | 46 | deny 100 Deny protocol=Udp from=* ports=*; r 200 Allow from=* ports=22 | TCP 22, rule r, priority 200
            of some source ports | 46 | deny 100 Deny out=1024-65535 from=* ports=*; r 200 Allow from=* ports=22 | TCP 22, rule r, priority 200
            the sender chooses its port | 46 | dns 100 Allow out=53 from=* ports=* | every TCP port, rule dns, priority 100
            of another receiver | 46 | deny 100 Deny to=10.0.0.9 from=* ports=*; r 200 Allow from=* ports=22 | TCP 22, rule r, priority 200
            every receiver | '' | deny 100 Deny to=VirtualNetwork from=Internet ports=*; r 200 Allow from=* ports=22 | -
            outbound | '' | out 100 Allow direction=Outbound from=* ports=* | -
            every protocol | 46 | all 100 Allow protocol=* from=* ports=* | every protocol and port, rule all, priority 100""")
    void whatRulesLetThrough(String what, String families, String rules, String words) {
        String[] read = Arrays.stream(rules.split("; "))
                .map(rule -> rule.split(" "))
                .map(rule -> rule(rule[0], Integer.parseInt(rule[1]), rule[2], fields(rule)))
                .toArray(String[]::new);
        assertThat(judged(read).words())
                .as(what)
                .containsExactlyElementsOf(families.chars()
                        .mapToObj(family -> (family == '4' ? FOUR : SIX) + words)
                        .toList());
    }

    private static String fields(String... rule) {
        return Arrays.stream(rule)
                .skip(3)
                .map(field -> field.split("="))
                .map(field -> "'" + FIELDS.getOrDefault(field[0], field[0]) + "':'" + field[1] + "'")
                .collect(Collectors.joining(","));
    }

    @Test
    void denyForTheOnlyReceiverCloses() {
        String rules = group(
                rule(
                        "deny",
                        100,
                        "Deny",
                        "'destinationAddressPrefix':'10.0.0.0/24','sourceAddressPrefix':'*','destinationPortRange':'*'"),
                rule("allow", 200, "Allow", "*", "22"));
        assertThat(Exposed.by(DERIVER, rules.replaceFirst("\\{", "{'protectedAddresses':['10.0.0.4'],"))
                        .words())
                .isEmpty();
    }

    @Test
    void membersOfAnApplicationGroupAreNotTheInternetButCanBeReached() {
        assertThat(judged(rule(
                                "from",
                                100,
                                "Allow",
                                "'sourceApplicationSecurityGroups':[{'id':'/x/asg/web'}],'destinationPortRange':'22'"))
                        .words())
                .isEmpty();
        assertThat(judged(
                                rule(
                                        "to",
                                        100,
                                        "Allow",
                                        "'destinationApplicationSecurityGroups':[{'id':'/x/asg/web'}],'sourceAddressPrefix':'Internet','destinationPortRange':'22'"))
                        .words())
                .contains(FOUR + "TCP 22 of members of application group web, rule to, priority 100");
    }

    @Test
    void singularPluralAndCommasAreOne() {
        assertThat(judged(
                                rule(
                                        "r",
                                        100,
                                        "Allow",
                                        "'sourceAddressPrefix':'','sourceAddressPrefixes':['10.0.0.0/8','Internet'],"
                                                + "'destinationPortRange':'80, 9200','destinationPortRanges':['22','8000-8100']"))
                        .words())
                .contains(FOUR + "TCP 22, 80, 8000–8100 and 9200, rule r, priority 100");
    }

    @Test
    void amplifiersAreSensitiveToo() {
        assertThat(judged(rule(
                                "udp",
                                100,
                                "Allow",
                                "'protocol':'UDP','sourceAddressPrefix':'*','destinationPortRange':'11211'"))
                        .sensitive())
                .contains("UDP 11211");
    }

    @Test
    void builtInRulesHoldWhetherListedOrNot() {
        assertThat(judged().words()).isEmpty();
        assertThat(Exposed.by(DERIVER, "{'name':'n','securityRules':[],'defaultSecurityRules':[]}")
                        .words())
                .isEmpty();
        assertThat(Exposed.by(DERIVER, "{'name':'n','securityRules':null}")
                        .set()
                        .get("rules"))
                .isEqualTo(6L);
    }

    @Test
    void aVirtualNetworkWithADefaultRouteIsTheInternet() {
        String document = group().replaceFirst("\\{", "{'virtualNetworkPrefixes':['10.0.0.0/8','0.0.0.0/0'],");
        assertThat(Exposed.by(DERIVER, document).words())
                .contains(FOUR + "every protocol and port, rule AllowVnetInBound, priority 65000");
    }

    @Test
    void unknownServiceTagsNeitherOpenNorCloseAndAreNoted() {
        Exposed exposed = judged(
                rule("sql-deny", 100, "Deny", "Sql.WestEurope", "*"), rule("storage", 110, "Allow", "Storage", "22"));
        assertThat(exposed.words()).isEmpty();
        assertThat(exposed.notes()).contains("rule storage: what the service tag Storage stands for is not known");
    }

    @Test
    void bothGroupsHaveToLetItIn() {
        String open = group(rule("nic-open", 300, "Allow", "*", "22-23"));
        String closed = group(rule("subnet-open", 200, "Allow", "8.8.8.0/24", "22"));
        String pair = "{'subnetSecurityGroup':" + closed + ",'networkInterfaceSecurityGroup':" + open + "}";
        assertThat(Exposed.by(DERIVER, pair).words())
                .containsExactly("8.8.8.0/24 → TCP 22, rule subnet-open of the subnet's group, priority 200,"
                        + " then rule nic-open of the interface's group, priority 300");
        String none = "{'subnetSecurityGroup':" + group() + ",'networkInterfaceSecurityGroup':" + open + "}";
        assertThat(Exposed.by(DERIVER, none).words()).isEmpty();
    }

    private static String admin(String access, String ports) {
        return "'securityAdminRules':{'value':[{'id':'/x/rules/corp','access':'" + access
                + "','direction':'Inbound','priority':5,'protocol':'Tcp','destinationPortRanges':['" + ports
                + "'],'sources':[{'addressPrefix':'Internet','addressPrefixType':'ServiceTag'}]}]},";
    }

    @Test
    void adminRulesComeFirst() {
        String open = group(rule("open", 100, "Allow", "*", "22"));
        assertThat(Exposed.by(DERIVER, open.replaceFirst("\\{", "{" + admin("Deny", "22")))
                        .words())
                .isEmpty();
        assertThat(Exposed.by(DERIVER, open.replaceFirst("\\{", "{" + admin("Allow", "22")))
                        .words())
                .contains(FOUR + "TCP 22, rule corp of the network manager, priority 5, then rule open, priority 100");
        assertThat(Exposed.by(DERIVER, group().replaceFirst("\\{", "{" + admin("AlwaysAllow", "3389")))
                        .words())
                .contains(FOUR + "TCP 3389, rule corp of the network manager, priority 5");
    }

    @Test
    void aNetworkManagerWithoutItsRulesIsSaid() {
        Exposed exposed = Exposed.by(DERIVER, group().replaceFirst("\\{", "{'networkManagerInUse':true,"));
        assertThat(exposed.set().get("adminRules")).isEqualTo("missing");
    }

    @Test
    void effectiveRulesOfANetworkInterface() {
        String document = """
                {'nextLink':null,'value':[
                 {'association':{'networkInterface':null,'subnet':{'id':'/s/front'}},'networkSecurityGroup':{'id':'/g/nsg-subnet'},
                  'effectiveSecurityRules':[
                   {'access':'Allow','direction':'Inbound','name':'securityRules/web','priority':100,'protocol':'Tcp',
                    'sourceAddressPrefix':'Internet','sourceAddressPrefixes':['Internet'],'expandedSourceAddressPrefix':['1.0.0.0/8'],
                    'sourcePortRange':'0-65535','sourcePortRanges':['0-65535'],'destinationAddressPrefix':'0.0.0.0/0',
                    'destinationAddressPrefixes':['0.0.0.0/0'],'destinationPortRange':'9200-9200','destinationPortRanges':['9200-9200']},
                   {'access':'Allow','direction':'Inbound','name':'defaultSecurityRules/AllowVnetInBound','priority':65000,'protocol':'All',
                    'sourceAddressPrefix':'VirtualNetwork','expandedSourceAddressPrefix':['10.0.0.0/16'],'sourcePortRange':'0-65535',
                    'destinationAddressPrefix':'VirtualNetwork','destinationPortRange':'0-65535'},
                   {'access':'Deny','direction':'Inbound','name':'defaultSecurityRules/DenyAllInBound','priority':65500,'protocol':'All',
                    'sourceAddressPrefix':'0.0.0.0/0','sourcePortRange':'0-65535','destinationAddressPrefix':'0.0.0.0/0',
                    'destinationPortRange':'0-65535'}]}]}
                """;
        assertThat(Exposed.by(DERIVER, document).words()).contains(FOUR + "TCP 9200, rule web, priority 100");
        String withRoute = document.replace("'10.0.0.0/16'", "'10.0.0.0/16','0.0.0.0/0'");
        assertThat(Exposed.by(DERIVER, withRoute).words())
                .contains(FOUR + "TCP 0–9199 and 9201–65535, rule AllowVnetInBound, priority 65000");
    }

    private static String effective(String... associations) {
        String rules = "'effectiveSecurityRules':[{'access':'Deny','direction':'Inbound','name':'d','priority':65500,"
                + "'protocol':'All','sourceAddressPrefix':'0.0.0.0/0','sourcePortRange':'0-65535',"
                + "'destinationAddressPrefix':'0.0.0.0/0','destinationPortRange':'0-65535'}]";
        return Arrays.stream(associations)
                .map(association -> "{'association':{" + association + "}," + rules + "}")
                .collect(Collectors.joining(",", "{'value':[", "]}"));
    }

    @Test
    void onlyASubnetAndOneInterfaceInItStandInARow() {
        String one = "'networkInterface':{'id':'/x/nic1'}";
        String two = "'networkInterface':{'id':'/x/nic2'}";
        String subnet = "'subnet':{'id':'/x/sub1'}";
        assertThat(Exposed.by(DERIVER, effective(subnet, one)).words()).isEmpty();
        assertThat(Exposed.by(DERIVER, effective(subnet + "," + one, one)).words())
                .isEmpty();
        for (String other : List.of(
                effective(one, two),
                effective(subnet, "'subnet':{'id':'/x/sub2'}"),
                effective(one, one),
                effective(subnet, one, one),
                effective(subnet + "," + one, ""),
                effective(subnet, ""))) {
            refused(other, "push each interface to its own asset");
        }
    }

    @Test
    void twoKindsOfDocumentInOneAreRefused() {
        String rules = "'securityRules':[" + rule("open", 100, "Allow", "*", "22") + "]";
        refused(
                effective("'subnet':{'id':'/s'}").replaceFirst("\\{", "{'properties':{" + rules + "},"),
                "'securityRules' beside 'value'");
        refused(
                "{" + rules + ",'networkInterfaceSecurityGroup':" + group() + "}",
                "'securityRules' beside 'networkInterfaceSecurityGroup'");
    }

    @Test
    void ipv4InTheSpellingOfIpv6IsNoAddress() {
        assertThatThrownBy(() -> judged(rule("mapped", 100, "Allow", "::ffff:0.0.0.0/96", "22")))
                .hasMessageContaining("rule mapped");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'destinationPortRange':'92x0','sourceAddressPrefix':'*' | '92x0' is neither a port nor a range
            'destinationPortRange':'9300-9200','sourceAddressPrefix':'*' | neither a port nor a range
            'destinationPortRange':'70000','sourceAddressPrefix':'*' | neither a port nor a range
            'destinationPortRange':'22','sourceAddressPrefix':'10.0.0.256/8' | neither an address
            'destinationPortRange':'22','sourceAddressPrefix':'10.0.0.0/33' | neither an address
            'destinationPortRange':'22','sourceAddressPrefix':'010.0.0.0/8' | neither an address
            'destinationPortRange':'22','sourceAddressPrefix':'1.1.1.1-1.1.1.9' | neither an address
            'destinationPortRange':'22' | no source address is given
            'sourceAddressPrefix':'*' | no destination port is given
            'destinationPortRange':'22','sourceAddressPrefix':'*','protocol':'Gre' | 'protocol' is 'gre'
            'destinationPortRange':'22','sourceAddressPrefix':'*','direction':'Sideways' | 'direction' is 'sideways'
            'destinationPortRange':22,'sourceAddressPrefix':'*' | is not a list of texts""")
    void whatCannotBeReadIsAnErrorThatNamesTheRule(String fields, String problem) {
        assertThatThrownBy(() -> judged(rule("odd-one", 100, "Allow", fields)))
                .isInstanceOf(UnparsableException.class)
                .hasMessageStartingWith("rule odd-one: ")
                .hasMessageContaining(problem);
    }

    @Test
    void accessPriorityAndDoublesAreErrorsToo() {
        assertThatThrownBy(() -> judged(rule("a", 100, "Audit", "*", "22")))
                .hasMessageContaining("rule a: 'access' is 'audit'");
        assertThatThrownBy(() -> judged(rule("a", 5000, "Allow", "*", "22")))
                .hasMessageContaining("rule a: 'priority'");
        assertThatThrownBy(() -> judged(rule("a", 100, "Allow", "*", "22"), rule("b", 100, "Deny", "*", "22")))
                .hasMessageContaining("rule b: its priority 100 is also that of rule a");
        refused("{}", "neither a security group nor effective rules");
    }

    @Test
    void listsEveryRuleInItsOrder() {
        String document = group(rule("second", 200, "Deny", "*", "*"), rule("first", 100, "Allow", "*", "22"));
        assertThat(DERIVER.rules(Exposed.document(document)))
                .extracting(line -> line.direction() + " " + line.name())
                .startsWith("inbound first", "inbound second", "inbound AllowVnetInBound")
                .hasSize(8);
    }

    private static void refused(String document, String why) {
        assertThatThrownBy(() -> Exposed.by(DERIVER, document)).hasMessageContaining(why);
    }
}
