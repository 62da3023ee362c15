package dev.ronde.asset.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.resource.Overlay;
import dev.ronde.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Runs the commands that the pages show, with programs in the place of the vendors' own. */
@Tag("tools")
@Needs("jq")
final class PushCommandsTest {
    private static final List<String> HOST = List.of(
            "lsblk apt-get linux-version debian-distro-info sshd nft ss timedatectl systemctl getent".split(" "));

    @TempDir
    Path folder;

    private JsonNode printed(String block, Map<String, String> programs) throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (Map.Entry<String, String> program : programs.entrySet()) {
            Path file = Files.writeString(
                    bin.resolve(program.getKey()),
                    "#!/bin/sh\necho \"$@\" > " + program.getKey() + ".asked\ncat <<'END'\n" + program.getValue()
                            + "\nEND\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Path ronde = Files.writeString(bin.resolve("ronde"), "#!/bin/sh\ncat > pushed.json\n");
        assertThat(ronde.toFile().setExecutable(true)).isTrue();
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", block).directory(folder.toFile());
        shell.environment().put("PATH", bin + ":" + shell.environment().get("PATH"));
        shell.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
        assertThat(shell.start().waitFor())
                .as(Files.readString(folder.resolve("said")))
                .isZero();
        return Json.tree(Files.readString(folder.resolve("pushed.json")));
    }

    /** What a host says of itself where these programs say something and none of the machine is asked. */
    private JsonNode host(Map<String, String> programs) throws IOException, InterruptedException {
        return host(blocks("host.v1").get(0), programs);
    }

    private JsonNode host(String block, Map<String, String> programs) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>();
        HOST.forEach(program -> all.put(program, ""));
        all.putAll(programs);
        return printed(block, all);
    }

    private static List<String> blocks(String source) {
        byte[] file =
                Overlay.of("checks", null).read("sources/" + source + ".yaml").orElseThrow();
        return Objects.requireNonNull(SourceSchema.read(source, file).push());
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0-127.255.255.255 128.0.0.0-255.255.255.255, 4294967296, true",
        "2.0.0.0-255.255.255.255, 4261412864, true",
        "0.0.0.0-127.255.255.255, 2147483648, true",
        "10.0.0.0-10.0.0.255 10.0.0.128-10.0.1.255 10.0.0.0-10.0.0.0, 512, false",
        "0.0.0.0-0.0.0.0, 0, false",
        "'', 0, false",
    })
    void theRulesOfADatabaseAreMeasuredTogether(String ranges, long addresses, boolean any) throws Exception {
        StringBuilder rules = new StringBuilder();
        for (String range : ranges.isEmpty() ? new String[0] : ranges.split(" ", -1)) {
            rules.append(rules.isEmpty() ? "" : ",")
                    .append("{\"startIpAddress\":\"" + range.split("-", -1)[0] + "\",\"endIpAddress\":\""
                            + range.split("-", -1)[1] + "\"}");
        }
        Files.writeString(folder.resolve("server.json"), "{\"public_network\":\"selected\"}");
        Files.writeString(folder.resolve("rules.json"), "[" + rules + "]");
        for (String block : blocks("database.v1").subList(0, 2)) {
            JsonNode document = printed(block.substring(block.indexOf("jq -s")), Map.of());
            assertThat(document.path("admitted_addresses").longValue()).isEqualTo(addresses);
            assertThat(document.path("allows_any_address").booleanValue()).isEqualTo(any);
            assertThat(document.path("allows_any_tenant").booleanValue()).isEqualTo(ranges.equals("0.0.0.0-0.0.0.0"));
        }
    }

    @Test
    void aHostSaysWhatItsProgramsSay() throws Exception {
        JsonNode host = host(Map.of(
                "lsblk",
                        "{\"blockdevices\":[{\"name\":\"sda\",\"type\":\"disk\",\"children\":[{\"name\":\"c\",\"type\":\"crypt\"}]}]}",
                "apt-get",
                        "Inst libc6 [1] (2 Debian-Security:13/stable-security)\nInst vim [1] (2 Debian:13/stable)\n2 upgraded, 0 newly installed",
                "uname", "6.12.41+deb13-amd64",
                "linux-version", "6.12.43+deb13-amd64",
                "sshd",
                        "port 22\npasswordauthentication yes\npermitrootlogin without-password\npermitemptypasswords no",
                "nft",
                        "{\"nftables\":[{\"metainfo\":{}},{\"table\":{\"family\":\"inet\"}},{\"chain\":{\"family\":\"inet\",\"hook\":\"input\",\"policy\":\"drop\"}}]}",
                "ss",
                        "tcp   LISTEN 0 128    0.0.0.0:22   0.0.0.0:*\ntcp   LISTEN 0 128    [::]:22   [::]:*\nudp   UNCONN 0 0  127.0.0.53%lo:53 0.0.0.0:*",
                "timedatectl", "yes",
                "systemctl", "active\ninactive",
                "getent", "root:x:0:root\nsudo:x:27:ann,bob"));
        assertThat(host.path("disks").toString()).isEqualTo("[{\"device\":\"sda\",\"encrypted\":true}]");
        assertThat(host.path("patches").toString()).isEqualTo("{\"pending_security\":1,\"reboot_required\":true}");
        assertThat(host.path("ssh").toString())
                .isEqualTo(
                        "{\"permit_root_login\":\"without-password\",\"permit_empty_passwords\":false,\"password_authentication\":true}");
        assertThat(host.path("firewall").toString()).isEqualTo("{\"enabled\":true,\"default_inbound\":\"deny\"}");
        assertThat(host.path("listeners").toString())
                .isEqualTo(
                        "[{\"protocol\":\"tcp\",\"address\":\"0.0.0.0\",\"port\":22},{\"protocol\":\"udp\",\"address\":\"127.0.0.53\",\"port\":53},"
                                + "{\"protocol\":\"tcp\",\"address\":\"::\",\"port\":22}]");
        assertThat(host.path("time_sync").toString()).isEqualTo("{\"enabled\":true}");
        assertThat(host.path("malware_defence").toString()).isEqualTo("{\"enabled\":true,\"real_time\":false}");
        assertThat(host.path("local_admins").path("count").intValue()).isEqualTo(3);
        assertThat(host.path("os").path("family").asString()).isEqualTo("linux");
    }

    @Test
    void aProgramThatSaysNothingFeedsNothing() throws Exception {
        JsonNode host = host(Map.of());
        for (String field : List.of("disks", "patches", "ssh", "firewall", "listeners", "malware_defence")) {
            assertThat(host.has(field)).as(field + " in " + host).isFalse();
        }
        assertThat(host.path("os").toString()).isEqualTo("{\"family\":\"linux\"}");
    }

    @Test
    void whetherAReleaseIsMaintainedAndItsNewestKernelRunsIsSaidByWhoKnows() throws Exception {
        String codename = Files.readAllLines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("VERSION_CODENAME="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElse("");
        Map<String, String> programs = new HashMap<>(Map.of(
                "apt-get", "0 upgraded, 0 newly installed",
                "uname", "6.12.43+deb13-amd64",
                "linux-version", "6.12.43+deb13-amd64",
                "debian-distro-info", "bookworm\n" + codename + "\nsid"));
        JsonNode maintained = host(programs);
        assertThat(maintained.path("os").toString()).isEqualTo("{\"family\":\"linux\",\"supported\":true}");
        assertThat(maintained.path("patches").toString())
                .isEqualTo("{\"pending_security\":0,\"reboot_required\":false}");
        programs.put("debian-distro-info", "warty\nhoary");
        programs.put("linux-version", "");
        JsonNode old = host(programs);
        assertThat(old.path("os").path("supported").booleanValue(true)).isFalse();
        assertThat(old.path("patches").toString()).isEqualTo("{\"pending_security\":0}");
    }

    @Test
    void anUpdateThatNeedsANewPackageIsOneToo() throws Exception {
        host(Map.of("apt-get", "1 upgraded, 1 newly installed"));
        assertThat(Files.readString(folder.resolve("apt-get.asked"))).isEqualTo("-s --with-new-pkgs upgrade\n");
    }

    @ParameterizedTest
    @CsvSource({"debian, trixie, true", "debian, hamm, false", "ubuntu, noble, ''", "ubuntu, trixie, ''"})
    void ofAnotherSystemDebianSaysNothing(String system, String release, String supported) throws Exception {
        Path file = Files.writeString(
                folder.resolve("os-release"), "ID=" + system + "\nVERSION_CODENAME=" + release + "\n");
        JsonNode host = host(
                blocks("host.v1").get(0).replace("/etc/os-release", file.toString()),
                Map.of("debian-distro-info", "bookworm\ntrixie"));
        assertThat(host.path("os").path("supported").asString("")).isEqualTo(supported);
    }

    @ParameterizedTest
    @CsvSource({
        "no, yes, yes, null",
        "no, yes, no, false",
        "no, no, yes, false",
        "yes, no, yes, true",
        "yes, yes, yes, true",
    })
    void nothingIsSaidOfPasswordsWherePamAsks(String password, String keyboard, String pam, String said)
            throws Exception {
        JsonNode host = host(Map.of(
                "sshd",
                "permitrootlogin no\npasswordauthentication " + password + "\nkbdinteractiveauthentication " + keyboard
                        + "\nusepam " + pam + "\npermitemptypasswords no"));
        assertThat(host.path("ssh").has("password_authentication")).isEqualTo(!said.equals("null"));
        assertThat(host.path("ssh").path("password_authentication").asString("null"))
                .isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            false | '' | false
            true | '' | true
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All'],'excludeUsers':[],'excludeGroups':[],'excludeRoles':[],'excludeGuestsOrExternalUsers':null},'applications':{'includeApplications':['All']},'clientAppTypes':['all'],'locations':null,'userRiskLevels':[],'insiderRiskLevels':null}} | true
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All'],'excludeUsers':['x']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All'],'excludeGroups':['x']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All'],'excludeRoles':['x']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All'],'excludeGuestsOrExternalUsers':{'guestOrExternalUserTypes':'b2bCollaborationGuest'}},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeRoles':['62e90394-69f5-4237-9190-012177145e10']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa'],'termsOfUse':['x']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'AND','builtInControls':['mfa'],'termsOfUse':['x']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | true
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa'],'customAuthenticationFactors':['x']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':[],'customAuthenticationFactors':['x']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':[],'authenticationStrength':{'requirementsSatisfied':'mfa'}},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | true
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':[],'authenticationStrength':{'requirementsSatisfied':'none'}},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'clientAppTypes':['all']}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'clientAppTypes':['all'],'authenticationFlows':{'transferMethods':'deviceCodeFlow'}}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All'],'applicationFilter':{'mode':'include','rule':'x'}},'clientAppTypes':['all']}} | ''
            false | {'state':'disabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']}}} | false
            false | {'state':'enabledForReportingButNotEnforced','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']}}} | false
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['block']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']}}} | false
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa','compliantDevice']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']}}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']},'locations':{'excludeLocations':['AllTrusted']}}} | ''
            false | {'state':'enabled','grantControls':{'operator':'OR','builtInControls':['mfa']},'conditions':{'users':{'includeUsers':['one']},'applications':{'includeApplications':['All']}}} | ''
            false | {'state':'enabled','grantControls':null,'sessionControls':{},'conditions':{'users':{'includeUsers':['All']},'applications':{'includeApplications':['All']}}} | false""")
    void aPolicyThatDemandsTheSecondFactorForEverythingCounts(String defaults, String policy, String enforced)
            throws Exception {
        Files.writeString(folder.resolve("admins.json"), "{\"admins\":2,\"admins_with_mfa\":2,\"nextLink\":null}");
        Files.writeString(folder.resolve("defaults.json"), "{\"isEnabled\":" + defaults + "}");
        Files.writeString(folder.resolve("policies.json"), "{\"value\":[" + policy.replace('\'', '"') + "]}");
        String block = blocks("identity.v1").get(0);
        JsonNode document = printed(block.substring(block.indexOf("jq -s")), Map.of());
        assertThat(document.path("admins_with_mfa").intValue()).isEqualTo(2);
        assertThat(document.has("mfa_enforced")).isEqualTo(!enforced.isEmpty());
        assertThat(document.path("mfa_enforced").asString("")).isEqualTo(enforced);
    }
}
