package dev.ronde.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.CheckedEstate;
import dev.ronde.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Documents that are not all there is, or hold what nobody here understands: neither may pass. */
final class PartialSnapshotsAppTest {
    private static final TestClock CLOCK = new TestClock();
    private static final String AZURE_RULE =
            "{'name':'web','access':'Allow','direction':'Inbound','priority':100,'protocol':'Tcp','sourceAddressPrefix':'*',"
                    + "'sourcePortRange':'*','destinationAddressPrefix':'*','destinationPortRange':'443'}";
    private static final String AZURE = "{'name':'n','securityRules':[" + AZURE_RULE + "]}";
    private static final String EFFECTIVE =
            "{'value':[{'networkSecurityGroup':{'id':'/n'},'effectiveSecurityRules':[" + AZURE_RULE + "]}]}";
    private static final String GCP = "{'items':[{'name':'web','network':'main','direction':'INGRESS','priority':1000,"
            + "'sourceRanges':['0.0.0.0/0'],'allowed':[{'IPProtocol':'tcp','ports':['443']}]}]}";
    private static final String AWS =
            "{'SecurityGroups':[{'GroupId':'sg-1','IpPermissions':[{'IpProtocol':'tcp','FromPort':443,'ToPort':443,"
                    + "'IpRanges':[{'CidrIp':'0.0.0.0/0'}]}]}]}";
    private static final String IDENTITY = "{'admins':1,'admins_with_mfa':1,'mfa_enforced':true}";
    private static final Map<String, String> DOCUMENTS =
            Map.of("azure", AZURE, "effective", EFFECTIVE, "gcp", GCP, "aws", AWS, "identity", IDENTITY);

    @AutoClose
    private static CheckedEstate estate;

    @BeforeAll
    static void start() {
        estate = CheckedEstate.start(CLOCK, Map.of());
        estate.asset("azure", "cloud.azure.nsg");
        estate.asset("effective", "cloud.azure.nsg");
        estate.asset("aws", "cloud.aws.sg");
        estate.asset("gcp", "cloud.gcp.firewall");
        estate.asset("identity", "identity.tenant");
        estate.settle();
    }

    private static JsonNode judged(String asset, String json) {
        String source = asset.equals("aws")
                ? "aws.sg.v1"
                : asset.equals("gcp") ? "gcp.firewall.v1" : asset.equals("identity") ? "identity.v1" : "azure.nsg.v1";
        String check = asset.equals("identity")
                ? "admin-mfa"
                : (asset.equals("aws") ? "aws-sg" : asset.equals("gcp") ? "gcp-firewall" : "azure-nsg")
                        + "-internet-to-sensitive-ports";
        CLOCK.advance(Duration.ofMinutes(1));
        estate.pushed(asset, source, json);
        return estate.run(asset, check);
    }

    /** Google's {@code WarningCode}: only NO_RESULTS_ON_PAGE is about all of the answer. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'warning':{'code':'NO_RESULTS_ON_PAGE','message':'There are no results for scope.','data':[{'key':'scope','value':'global'}]} | pass |
            'warning':null                                              | pass  |
            'warning':{'code':'UNREACHABLE'}                            | error | UNREACHABLE
            'warning':{'code':'PARTIAL_SUCCESS','data':[{'key':'a','value':'b'}]} | error | PARTIAL_SUCCESS
            'warning':{'code':'LIST_OVERHEAD_QUOTA_EXCEED'}             | error | LIST_OVERHEAD_QUOTA_EXCEED
            'unreachables':['projects/p/zones/us-east1-d']              | error | not reached
            'unreachables':[]                                           | pass  |""")
    void anAnswerOfGoogleThatMayNotBeAllIsNotJudged(String field, String outcome, String named) {
        JsonNode run = judged("gcp", GCP.replace("{'items'", "{" + field + ",'items'"));
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo(outcome);
        if (named != null) {
            assertThat(run.path("detail").asString()).contains(named, "rules may be missing");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'networkManager':{'id':'/m'},'subnet':{'id':'/s'}           | a network manager and a subnet at once
            'networkManager':{'id':'/m'},'networkInterface':{'id':'/i'} | a network manager and a network interface at once
            'networkManager':{'id':'/m'}                                | 'association' only a network manager""")
    void anEffectiveGroupThatMayBeAManagersIsNotJudgedAsOneOfASubnet(String association, String named) {
        JsonNode run = judged(
                "effective",
                EFFECTIVE.replace(
                        "'effectiveSecurityRules'", "'association':{" + association + "},'effectiveSecurityRules'"));
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo("error");
        assertThat(run.path("detail").asString()).contains(named, "whose rules these are is not known");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gcp       | 'nextPageToken':'CgEx'
            gcp       | 'nextPageToken':''
            aws       | 'NextToken':'eyJO'
            aws       | 'NextToken':null
            azure     | 'nextLink':'https://management.azure.com/next'
            azure     | 'securityAdminRules':{'skipToken':'abc','value':[]}
            azure     | 'securityAdminRules':{'$skipToken':'abc','value':[]}
            azure     | 'securityAdminRules':{'skipToken':'','value':[]}
            effective | 'nextLink':'https://management.azure.com/next'
            effective | '@odata.nextLink':'https://management.azure.com/next'
            identity  | '@odata.nextLink':'https://graph.microsoft.com/next'""")
    void aPageOfAListIsNotTheList(String asset, String field) {
        boolean complete = field.contains("''") || field.contains("null");
        JsonNode run = judged(
                asset,
                DOCUMENTS.get(asset).replaceFirst("\\{", "{" + java.util.regex.Matcher.quoteReplacement(field) + ","));
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo(complete ? "pass" : "unknown");
        assertThat(run.path("reason").asString("")).isEqualTo(complete ? "" : "snapshot-incomplete");
        if (!complete) {
            assertThat(run.path("detail").asString()).contains("one page of several");
        }
    }

    /** Security groups only add up: what one page opens is open, whatever stands on the next. */
    @Test
    void aHoleOnOnePageIsAHole() {
        JsonNode run = judged("aws", AWS.replace("443", "22").replaceFirst("\\{", "{'NextToken':'eyJO',"));
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo("fail");
        assertThat(run.path("incomplete").asBoolean()).isTrue();
        assertThat(judged("gcp", GCP.replace("443", "22").replaceFirst("\\{", "{'nextPageToken':'CgEx',"))
                        .path("outcome")
                        .asString())
                .isEqualTo("unknown");
        assertThat(judged("aws", AWS).path("outcome").asString()).isEqualTo("pass");
        assertThat(judged("gcp", GCP).path("outcome").asString()).isEqualTo("pass");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gcp   | 'name':'web'      | 'sourceNetworkContext':'INTERNET'    | rule web: 'sourceNetworkContext'
            gcp   | 'IPProtocol':'tcp'| 'range':'all'                        | rule web: 'range'
            gcp   | 'name':'web'      | 'sourceNetworkContext':'','etag':'a','selfLink':'b','creationTimestamp':'c' |
            azure | 'name':'web'      | 'sourceServiceTags':['Internet']     | rule web: 'sourceServiceTags'
            azure | 'name':'web'      | 'sourceServiceTags':[],'etag':'W','id':'/a','type':'t','resourceGroup':'g','provisioningState':'Succeeded' |
            aws   | 'FromPort':443    | 'ReferencedGroups':[{'a':1}]         | SecurityGroups 1 IpPermissions 1: 'ReferencedGroups'
            aws   | 'FromPort':443    | 'UserIdGroupPairs':[],'PrefixListIds':[],'Ipv6Ranges':[],'Other':{} |
            azure     | 'name':'n'               | 'resources':[{'type':'securityRules','name':'open'}]  | the document: 'resources'
            azure     | 'name':'n'               | 'resources':[],'dependsOn':['x'],'metadata':{'a':'b'} |
            effective | 'value'                  | 'groups':[{'a':1}]                                    | the document: 'groups'
            effective | 'effectiveSecurityRules' | 'customRules':[{'a':1}]                               | value 1: 'customRules'
            aws       | 'SecurityGroups'         | 'SecurityGroupRules':[{'GroupId':'sg-1'}]             | the document: 'SecurityGroupRules'
            aws       | 'IpPermissions'          | 'Rules':{'in':[{'a':1}]}                              | SecurityGroups 1: 'Rules'
            gcp       | 'items'                  | 'firewallPolicys':[{'rules':[]}]                      | the document: 'firewallPolicys'""")
    void whatNobodyUnderstandsIsAnErrorThatNamesIt(String asset, String beside, String fields, String named) {
        String document = DOCUMENTS.get(asset);
        assertThat(document).contains(beside);
        int at = document.indexOf(beside);
        JsonNode run = judged(asset, document.substring(0, at) + fields + "," + document.substring(at));
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo(named == null ? "pass" : "error");
        if (named != null) {
            assertThat(run.path("reason").asString()).isEqualTo("unparsable-rule");
            assertThat(run.path("detail").asString()).startsWith(named);
        }
    }

    @Test
    void aMisspeltFieldIsRefusedAsOtherDocumentsAre() {
        assertThat(estate.push("azure", "azure.nsg.v1", "{'Name':'x','SecurityRules':[]}")
                        .is(422)
                        .body())
                .contains("misspelt_field");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            azure | {'networkManagerInUse':true,'securityAdminRules':[],'name':'n','securityRules':[]} | pass    |
            azure | {'networkManagerInUse':true,'name':'n','securityRules':[]}                         | unknown | snapshot-incomplete
            gcp   | []                                                                                 | error   | unparsable-rule
            gcp   | {'network':'main','items':[]}                                                      | pass    |
            aws   | {'SecurityGroups':[]}                                                              | error   | unparsable-rule""")
    void anEmptyListProvesWhatItNames(String asset, String json, String outcome, String reason) {
        JsonNode run = judged(asset, json);
        assertThat(run.path("outcome").asString()).as(run.toString()).isEqualTo(outcome);
        assertThat(run.path("reason").asString("")).isEqualTo(reason == null ? "" : reason);
    }
}
