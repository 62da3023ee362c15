package dev.ronde.asset.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingDiffTest {
    private static final byte[] KEY = new byte[32];

    static SourceSchema schema(String source) {
        try (InputStream in = SettingDiffTest.class.getResourceAsStream("/checks/sources/" + source + ".yaml")) {
            return SourceSchema.read(source, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Document canonical(String source, String json) {
        return Canonicaliser.canonicalise(schema(source), Json.tree(json.replace('\'', '"')), KEY);
    }

    private static List<String> changes(String source, String before, String after) {
        return SettingDiff.between(
                        schema(source),
                        canonical(source, before).content(),
                        canonical(source, after).content(),
                        new Words(Locale.ENGLISH),
                        SettingDiff.Moving.ALL)
                .stream()
                .map(change -> change.path() + " | " + change.title() + " | " + change.before() + " | " + change.after()
                        + " | " + change.effect())
                .toList();
    }

    private static List<String> refusals(String source, String json) {
        Problem problem = catchThrowableOfType(Problem.class, () -> canonical(source, json));
        assertThat(problem).isNotNull();
        return problem.errors().stream().map(FieldError::pointer).toList();
    }

    /** A worse value must be answered, however often it moves; a better one, and a time, need no answer. */
    @Test
    void whatMovesForTheWorseIsDecidedAbout() {
        assertThat(toDecide("identity.v1", "{'admins': 4, 'stale_admins': 0}", "{'admins': 4, 'stale_admins': 40}"))
                .extracting(Change::effect)
                .containsExactly("weaker");
        assertThat(toDecide("identity.v1", "{'admins': 4, 'stale_admins': 40}", "{'admins': 4, 'stale_admins': 0}"))
                .isEmpty();
        assertThat(toDecide("identity.v1", "{'admins': 4, 'stale_admins': 2}", "{'admins': 4}"))
                .as("nobody knows any more")
                .hasSize(1);
        assertThat(toDecide(
                        "backup.v1",
                        "{'last_success_at': '2026-03-01T01:00:00Z'}",
                        "{'last_success_at': '2026-03-02T01:00:00Z'}"))
                .isEmpty();
    }

    private static List<Change> toDecide(String source, String before, String after) {
        return SettingDiff.between(
                schema(source),
                canonical(source, before).content(),
                canonical(source, after).content(),
                new Words(Locale.ENGLISH),
                SettingDiff.Moving.WORSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host.v1", "azure.nsg.v1", "aws.sg.v1"})
    void everyPackagedSourceReadsAndHasFrenchNames(String source) {
        SourceSchema schema = schema(source);
        assertThat(schema.root().titleFr()).isNotEmpty();
        schema.root().children().forEach((name, spec) -> named(name, spec));
    }

    private static void named(String path, SettingSpec spec) {
        if (spec.ignore()) {
            return;
        }
        if (spec.kind() != SettingSpec.Type.OBJECT && spec.into() == null && !path.endsWith("[]")) {
            assertThat(spec.title()).as(path).isNotEmpty();
            assertThat(spec.titleFr()).as(path).isNotEmpty();
        }
        if (spec.items() != null) {
            named(path + "[]", spec.items());
        }
        spec.children().forEach((name, child) -> named(path + "." + name, child));
    }

    /**
     * A pointer leads to a place of the document that was sent, not of the one that is kept. A list of rules that is not there, or stands under
     * another name, must not pass for a list without rules; what was lost on the way, and is null now, may have been a rule.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            azure.nsg.v1 | {'name':'n'} | ``
            azure.nsg.v1 | {'name':'n','properties':{'defaultSecurityRules':[]}} | ``
            azure.nsg.v1 | {'name':'n','properties':{'SecurityRules':[]}} | `/properties/SecurityRules `
            azure.nsg.v1 | {'name':'n','SecurityRules':[],'securityRules':[]} | /SecurityRules
            azure.nsg.v1 | {'subnetSecurityGroup':{'name':'n'}} | /subnetSecurityGroup
            aws.sg.v1 | {'GroupId':'g'} | ``
            aws.sg.v1 | {'GroupId':'g','ipPermissions':[]} | `/ipPermissions `
            aws.sg.v1 | {'SecurityGroups':[{'GroupId':'g'}]} | /SecurityGroups/0
            aws.sg.v1 | {'GroupId':'g','IpPermissions':[],'NetworkAcls':[{'NetworkAclId':'a','entries':[]}]} | /NetworkAcls/0/entries /NetworkAcls/0
            aws.sg.v1 | {'GroupId':'g','IpPermissions':[],'NetworkAcls':[{'NetworkAclId':'a'}]} | /NetworkAcls/0
            gcp.firewall.v1 | {'Items':[]} | `/Items `
            host.v1 | {'os':{'family':'linux'},'Disks':[]} | /Disks
            azure.nsg.v1 | {'securityRules':[null]} | /securityRules/0
            azure.nsg.v1 | {'properties':{'securityRules':[],'defaultSecurityRules':[null]}} | /properties/defaultSecurityRules/0
            azure.nsg.v1 | {'securityRules':[],'networkManagerInUse':true,'securityAdminRules':[null]} | /securityAdminRules/0
            azure.nsg.v1 | {'securityRules':[],'securityAdminRules':{'value':[null]}} | /securityAdminRules/value/0
            azure.nsg.v1 | {'securityRules':[{'name':'a','sourceAddressPrefixes':['10.0.0.0/8',null]}]} | /securityRules/0/sourceAddressPrefixes/1
            azure.nsg.v1 | {'securityRules':[{'name':'a','properties':{'destinationPortRanges':['80',null]}}]} | /securityRules/0/properties/destinationPortRanges/1
            azure.nsg.v1 | [null] | /0
            aws.sg.v1 | {'GroupId':'g','IpPermissions':[null]} | /IpPermissions/0
            aws.sg.v1 | {'GroupId':'g','IpPermissions':[{'IpProtocol':'-1','IpRanges':[{'CidrIp':'10.0.0.0/8'},null]}]} | /IpPermissions/0/IpRanges/1
            gcp.firewall.v1 | [null] | /0
            gcp.firewall.v1 | [{'name':'a','allowed':[{'IPProtocol':'tcp','ports':[null]}]}] | /0/allowed/0/ports/0
            host.v1 | {'os':{'family':'linux'},'disks':[{'device':'a','encrypted':true},null]} | /disks/1
            host.v1 | {'os':{'family':'linux'},'listeners':[null]} | /listeners/0
            azure.nsg.v1 | {'securityRules':[{'name':'a','priority':'x'}]} | /securityRules/0/priority
            azure.nsg.v1 | {'securityRules':[{'name':'a','properties':{'priority':'x'}}]} | /securityRules/0/properties/priority
            azure.nsg.v1 | {'properties':{'securityRules':[{'name':'a','priority':'x'}]}} | /properties/securityRules/0/priority
            azure.nsg.v1 | {'properties':{'provisioningState':'Succeeded'},'securityRules':[{'name':'a','priority':'x'}]} | /securityRules/0/priority
            host.v1 | {} | /os
            host.v1 | [] | ``
            host.v1 | {'os':{'family':'amiga'}} | /os/family
            host.v1 | {'os':{'family':'linux'},'disks':[{'device':'a','encrypted':'yes'}]} | /disks/0/encrypted
            host.v1 | {'os':{'family':'linux'},'patches':{'pending_security':1.5}} | /patches/pending_security
            host.v1 | {'os':{'family':'linux'},'patches':{'pending_security':9007199254740993}} | /patches/pending_security
            host.v1 | {'os':{'family':'linux'},'disks':[{'device':'a','encrypted':true},{'device':'a','encrypted':false}]} | /disks""")
    void aRefusalNamesThePlaceThatWasSent(String source, String json, String pointers) {
        assertThat(refusals(source, json)).containsExactly(pointers.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "*, *",
        "::, ::",
        "[::], ::",
        "0:0:0:0:0:0:0:0, ::",
        "::ffff:0.0.0.0, 0.0.0.0",
        "::FFFF:192.0.2.7, 192.0.2.7",
        "0.0.0.0%eth0, 0.0.0.0",
        "127.0.0.53%lo, 127.0.0.53",
        "[::1], ::1",
        "fe80::1%eth0, fe80::1",
        "[fe80::1]%eth0, fe80::1",
        "[fe80::1%eth0], fe80::1",
        "*%eth0, *",
        "localhost, 127.0.0.1",
        "2001:DB8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1"
    })
    void theAddressOfAListenerHasOneSpelling(String sent, String kept) {
        assertThat(canonical(
                                "host.v1",
                                "{'os':{'family':'linux'},'listeners':[{'protocol':'tcp','address':'" + sent
                                        + "','port':9200}]}")
                        .content()
                        .at("/listeners/0/address")
                        .asString())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost.localdomain",
                "[",
                "[]",
                "[::1",
                "::1]",
                "[fe80::1%eth0",
                "fe80::1]%eth0",
                "010.0.0.1",
                "1.2.3",
                "%eth0",
                "::g",
                "0.0.0.0:80",
                "10.0.0.0/8"
            })
    void whatIsNoAddressOfAListenerIsRefused(String sent) {
        assertThat(refusals(
                        "host.v1",
                        "{'os':{'family':'linux'},'listeners':[{'protocol':'tcp','address':'" + sent
                                + "','port':9200}]}"))
                .containsExactly("/listeners/0/address");
    }

    private static final String LINK_LOCAL = "{'protocol':'udp','address':'fe80::1%s','port':546,'process':'%s'}";

    /** A VLAN has the link-local address of the interface it is on. */
    @Test
    void whatOnlyTheZoneTellsApartIsOneListener() {
        String listeners = "{'os':{'family':'linux'},'listeners':[" + LINK_LOCAL.formatted("%eth0", "networkd") + ",";
        assertThat(canonical("host.v1", listeners + LINK_LOCAL.formatted("%eth0.7", "networkd") + "]}")
                        .text())
                .isEqualTo(canonical(
                                "host.v1",
                                "{'os':{'family':'linux'},'listeners':[" + LINK_LOCAL.formatted("", "networkd") + "]}")
                        .text());
        assertThat(refusals("host.v1", listeners + LINK_LOCAL.formatted("%eth0.7", "other") + "]}"))
                .containsExactly("/listeners");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            azure.nsg.v1 | {'name':'n','securityRules':[]}
            azure.nsg.v1 | {'name':'n','properties':{'securityRules':[]}}
            azure.nsg.v1 | {'subnetSecurityGroup':{'name':'n','securityRules':[]}}
            aws.sg.v1 | {'GroupId':'g','IpPermissions':[]}
            gcp.firewall.v1 | []
            gcp.firewall.v1 | {'kind':'compute#firewallList'}""")
    void anEmptyListIsOne(String source, String json) {
        assertThat(canonical(source, json).text()).isNotEmpty();
    }

    @Test
    void orderCaseIgnoredAndUnknownFieldsDoNotChangeTheDigest() {
        Document one = canonical("host.v1", """
                {'os':{'family':'Linux','version':'12'},'uptime_seconds':7,
                 'listeners':[{'protocol':'tcp','address':'0.0.0.0','port':22,'pid':1},{'protocol':'TCP','address':'::','port':80}]}""");
        Document two = canonical("host.v1", """
                {'uptime_seconds':99,'contents':{'rows':['secret']},
                 'listeners':[{'port':80,'address':'::','protocol':'tcp'},{'protocol':'tcp','address':'0.0.0.0','port':22}],
                 'os':{'version':'12','family':'linux','build':null}}""");
        assertThat(two.text()).isEqualTo(one.text());
        assertThat(two.digest()).isEqualTo(one.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(two.dropped()).containsExactly("contents");
        assertThat(one.text())
                .isEqualTo("{\"listeners\":["
                        + "{\"address\":\"0.0.0.0\",\"port\":22,\"protocol\":\"tcp\"},"
                        + "{\"address\":\"::\",\"port\":80,\"protocol\":\"tcp\"}],"
                        + "\"os\":{\"family\":\"linux\",\"version\":\"12\"}}");
    }

    @Test
    void azureSingularAndPluralAreTheSame() {
        String rule =
                "{'properties':{'securityRules':[{'name':'a','etag':'W/1','properties':{'description':'ask bob@x.y','access':'Allow',"
                        + "'direction':'Inbound','priority':100,'protocol':'Tcp','sourcePortRange':'*','destinationPortRange':'9200',%s}}]}}";
        Document singular = canonical(
                "azure.nsg.v1",
                rule.formatted("'sourceAddressPrefix':'Internet, 10.0.0.0/8','sourceAddressPrefixes':[]"));
        Document plural = canonical(
                "azure.nsg.v1",
                rule.formatted("'sourceAddressPrefix':'','sourceAddressPrefixes':['10.0.0.0/8','INTERNET']"));
        assertThat(singular.text()).isEqualTo(plural.text()).doesNotContain("bob");
    }

    @Test
    void saysInWordsWhatChangedOnAHost() {
        assertThat(
                        changes(
                                "host.v1",
                                "{'os':{'family':'linux','version':'12'},'disks':[{'device':'/dev/sda','encrypted':true}],'patches':{'pending_security':0},'listeners':[],'ssh':{'permit_root_login':'no'}}",
                                "{'os':{'family':'linux','version':'13'},'disks':[{'device':'/dev/sda','encrypted':false}],'patches':{'pending_security':4},'listeners':[{'protocol':'tcp','address':'0.0.0.0','port':9200}],'ssh':{'permit_root_login':'yes'}}"))
                .containsExactly(
                        "os.version | Operating system version | 12 | 13 | neutral",
                        "disks[/dev/sda].encrypted | Disk /dev/sda, encryption | yes | no | weaker",
                        "patches.pending_security | Security updates not installed | 0 | 4 | weaker",
                        "ssh.permit_root_login | SSH sign-in as root | no | yes | weaker",
                        "listeners[tcp 0.0.0.0 9200] | Listening socket tcp 0.0.0.0 9200 | null | tcp 0.0.0.0:9200 | wider");
    }

    @ParameterizedTest
    @CsvSource({
        "Allow, 10.0.0.0/8, Allow, *, wider",
        "Allow, *, Allow, 10.0.0.0/8, stronger",
        "Allow, 10.0.0.0/8, Allow, 10.0.0.0/9, stronger",
        "Allow, 10.0.0.0/8, Allow, 11.0.0.0/8, neutral",
        "Allow, 10.0.0.0/8, Allow, AzureCloud, wider",
        "Deny, 10.0.0.0/8, Deny, *, stronger",
        "Deny, *, Deny, 10.0.0.0/8, wider",
    })
    void theDirectionOfAnAddressDependsOnTheRule(
            String accessBefore, String before, String accessAfter, String after, String effect) {
        assertThat(changes("azure.nsg.v1", nsg(accessBefore, before), nsg(accessAfter, after)))
                .singleElement()
                .asString()
                .startsWith("properties.securityRules[r].properties.sourceAddressPrefixes | Rule r, source addresses |")
                .endsWith("| " + effect);
    }

    @Test
    void rulesThatComeAndGoHaveADirectionByTheirContent() {
        String none = "{'properties':{'securityRules':[]}}";
        assertThat(changes("azure.nsg.v1", none, nsg("Allow", "*")))
                .containsExactly("properties.securityRules[r] | Rule r | null | "
                        + "allow inbound tcp from * to port 9200, priority 100 | wider");
        assertThat(changes("azure.nsg.v1", nsg("Allow", "*"), none).get(0)).endsWith("| stronger");
        assertThat(changes("azure.nsg.v1", nsg("Deny", "*"), none).get(0)).endsWith("| wider");
        assertThat(changes("azure.nsg.v1", nsg("Deny", "*"), nsg("Allow", "*")))
                .containsExactly(
                        "properties.securityRules[r].properties.access | Rule r, access | deny | allow | wider");
    }

    private static String nsg(String access, String source) {
        return "{'properties':{'securityRules':[{'name':'r','properties':{'access':'" + access
                + "','direction':'Inbound','priority':100,'protocol':'Tcp','sourcePortRange':'*','destinationPortRange':'9200','sourceAddressPrefix':'"
                + source + "'}}]}}";
    }

    @Test
    void awsRangesAreComparedElementByElement() {
        String group =
                "{'GroupId':'sg-1','IpPermissions':[{'IpProtocol':'tcp','FromPort':22,'ToPort':22,'IpRanges':[%s]}]}";
        assertThat(changes(
                        "aws.sg.v1",
                        group.formatted("{'CidrIp':'10.0.0.0/8','Description':'x'}"),
                        group.formatted("{'CidrIp':'0.0.0.0/0'},{'CidrIp':'10.0.0.0/8'}")))
                .containsExactly("IpPermissions[tcp 22 22].IpRanges[0.0.0.0/0] | "
                        + "Inbound permission tcp 22 22, IPv4 range 0.0.0.0/0 | null | 0.0.0.0/0 | wider");
    }

    @Test
    void secretsAreHashedWithTheKeyAndNeverShown() {
        SourceSchema schema = SourceSchema.read("x.v1", """
                source: x.v1
                canon: 1
                title: X
                fields:
                  token: {type: string, secret: true, title: Token}
                """.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Document before = Canonicaliser.canonicalise(schema, Json.tree("{\"token\":\"hunter2\"}"), KEY);
        Document after = Canonicaliser.canonicalise(schema, Json.tree("{\"token\":\"hunter3\"}"), KEY);
        Document otherKey = Canonicaliser.canonicalise(schema, Json.tree("{\"token\":\"hunter2\"}"), new byte[] {1});
        assertThat(before.text()).doesNotContain("hunter").isNotEqualTo(otherKey.text());
        assertThat(SettingDiff.between(
                        schema, before.content(), after.content(), new Words(Locale.ENGLISH), SettingDiff.Moving.ALL))
                .containsExactly(new Change("token", "Token", "value hidden", "value hidden", "neutral"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "source: y.v1\ncanon: 1\ntitle: X\nfields: {}",
                "source: x.v1\ncanon: 0\ntitle: X\nfields: {}",
                "source: x.v1\ncanon: 1\ntitle: X\nfields: {a: {typo: string}}",
                "source: x.v1\ncanon: 1\ntitle: X\nfields: {a: {type: set}}",
                "source: x.v1\ncanon: 1\ntitle: X\nfields: {a: {type: string, into: b}}",
                "source: x.v1\ncanon: 1\ntitle: X\nfields: {a: {type: set, key: [z], items: {fields: {y: {type: string}}}}}",
                "source: x.v1\ncanon: 1\ntitle: X\nfields: {a: {type: string}, a: {type: string}}",
                "[",
            })
    void brokenSourceFilesAreRefused(String yaml) {
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class,
                        () -> SourceSchema.read("x.v1", yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                .hasMessageStartingWith("x.v1: ");
    }
}
