package dev.ronde.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.cel.Verdict;
import dev.ronde.platform.resource.Overlay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PackagedChecksTest {
    private static final Catalogue CATALOGUE =
            new CatalogueLoader(Overlay.of("checks", null), TestChecks.PROBES, TestChecks.DERIVERS).load();

    private static final Catalogue OPENED =
            new CatalogueLoader(Overlay.of("checks", null), TestChecks.PROBES, TestChecks.DERIVERS).open();

    /** One check of each row; rows with several have more beside it. */
    private static final List<String> ROWS = List.of("""
            azure-nsg-internet-to-sensitive-ports declared-port-exposure elasticsearch-anonymous-access
            mongodb-anonymous-access redis-anonymous-access docker-api-anonymous kubernetes-api-anonymous etcd-anonymous
            postgres-auth-method mysql-tls-and-auth-plugin memcached-open-tcp storage-public-access
            aws-sg-internet-to-sensitive-ports tls-protocol-and-certificate jenkins-anonymous-read kibana-anonymous
            grafana-anonymous prometheus-anonymous mqtt-anonymous nats-anonymous zookeeper-open cassandra-anonymous
            couchdb-anonymous kafka-plaintext-anonymous consul-acl registry-anonymous-pull rsync-anonymous-module
            smb-v1-and-signing nfs-world-export ftp-anonymous-and-tls ldap-anonymous-search snmp-default-community
            rdp-nla-required vnc-no-auth telnet-open ssh-algorithms dns-open-resolver mail-relay-and-starttls
            domain-mail-authenticity dangling-dns web-sensitive-paths web-https-redirect-and-headers host-disk-encryption
            host-firewall database-server-public-network audit-logging-enabled backup-recent-and-tested admin-mfa
            """.split("\\s+"));

    static List<CatalogueEntry> everyCheck() {
        return CATALOGUE.entries();
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void loadsAndItsFixturesAreEnough(CatalogueEntry entry) {
        assertThat(CheckTester.test(entry).problems()).as(entry.id()).isEmpty();
    }

    /** Where the vantage is not proven no check passes: not on silence, not where no packet left, and not on anything else. */
    @ParameterizedTest
    @MethodSource("everyCheck")
    void passesNothingThatAnUnprovenVantageSaw(CatalogueEntry entry) {
        CheckDefinition check = entry.sound().orElseThrow();
        for (CheckDefinition.Fixture fixture : check.tests()) {
            for (String outcome : List.of("unreachable", "timeout", "as it is")) {
                if (fixture.facts().containsKey("vantage")) {
                    CheckDefinition.Fixture unproven = new CheckDefinition.Fixture(
                            fixture.name(),
                            fixture.expect(),
                            null,
                            null,
                            unproven(fixture.facts(), outcome),
                            fixture.params(),
                            fixture.asset(),
                            fixture.now(),
                            List.of());
                    assertThat(CheckTester.judge(check, unproven).outcome())
                            .as("%s, '%s', %s", entry.id(), fixture.name(), outcome)
                            .isNotEqualTo(Outcome.PASS);
                }
            }
        }
    }

    private static Map<String, Object> unproven(Map<?, ?> facts, String outcome) {
        Map<String, Object> changed = new LinkedHashMap<>();
        facts.forEach((key, value) -> {
            boolean replaced = key.equals("outcome") && !outcome.equals("as it is");
            Object plain = value instanceof Map<?, ?> map ? unproven(map, outcome) : value;
            changed.put(String.valueOf(key), key.equals("canaryOk") ? false : replaced ? outcome : plain);
        });
        return changed;
    }

    @ParameterizedTest
    @MethodSource("everyCheck")
    void isTheSameWhereItsExpressionsAreCompiledWhenTheyAreNeeded(CatalogueEntry entry) {
        CatalogueEntry opened = OPENED.find(entry.id()).orElseThrow();
        assertThat(paths(opened)).isEqualTo(paths(entry));
        assertThat(CheckTester.test(opened).problems()).as(entry.id()).isEmpty();
        opened.sound().orElseThrow().about().mappings().stream()
                .map(CheckDefinition.Mapping::needs)
                .filter(Objects::nonNull)
                .forEach(needs -> assertThat(needs.evaluate(Map.of(
                                        "params",
                                        EffectiveParams.defaults(opened.sound().orElseThrow())
                                                .values()))
                                .truth())
                        .as(needs.text())
                        .isIn(Verdict.Truth.TRUE, Verdict.Truth.FALSE));
    }

    private static List<List<Object>> paths(CatalogueEntry entry) {
        return entry.sound()
                .orElseThrow()
                .rules()
                .expressions()
                .map(expression -> List.<Object>of(
                        expression.text(),
                        expression.pathsRead("facts"),
                        expression.pathsTested("facts"),
                        expression.pathsNeeded("facts"),
                        expression.pathsRead("params")))
                .toList();
    }

    @Test
    void everyCheckedProtectionIsAvailableForTheKindsOfItsCheck() {
        for (CatalogueEntry entry : CATALOGUE.entries()) {
            CATALOGUE.protections().kinds().stream()
                    .filter(kind ->
                            entry.outline().kinds().stream().anyMatch(pattern -> Protections.matches(pattern, kind)))
                    .forEach(kind -> assertThat(CATALOGUE.protections().available(kind))
                            .as(entry.id() + " on " + kind)
                            .contains(String.valueOf(entry.outline().protection())));
        }
    }

    @Test
    void coversEveryRowOfTheCatalogue() {
        assertThat(ROWS).hasSize(48);
        assertThat(CATALOGUE.entries()).extracting(CatalogueEntry::id).containsAll(ROWS);
    }

    @Test
    void saysOfEveryCheckWhatItWasVerifiedAgainstAndMapsItToFourFrameworks() {
        for (CatalogueEntry entry : CATALOGUE.entries()) {
            CheckDefinition.About about = entry.sound().orElseThrow().about();
            assertThat(about.verified()).as(entry.id()).isNotEmpty();
            assertThat(about.rationale()).as(entry.id()).doesNotContain("{");
            assertThat(about.mappings())
                    .as(entry.id())
                    .extracting(CheckDefinition.Mapping::framework)
                    .contains("iso27001", "nist", "cis");
            if (!entry.id().equals("host-disk-encryption")) { // PCI DSS 3.5.1.2 does not credit it on fixed disks
                assertThat(about.mappings())
                        .as(entry.id())
                        .extracting(CheckDefinition.Mapping::framework)
                        .contains("pci");
            }
            assertThat(about.remediation().steps()).as(entry.id()).hasSizeGreaterThanOrEqualTo(2);
        }
        assertThat(CATALOGUE.frameworks().values())
                .allSatisfy(framework -> assertThat(framework.basis()).isNotBlank());
    }

    @Test
    void knowsTheSensitivePorts() {
        assertThat(CATALOGUE.sensitivePorts())
                .hasSizeGreaterThanOrEqualTo(31)
                .containsKeys("9200/tcp", "6379/tcp", "3389/tcp", "11211/udp");
    }
}
