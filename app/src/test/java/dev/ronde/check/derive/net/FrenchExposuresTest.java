package dev.ronde.check.derive.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrenchExposuresTest {
    private static final Map<String, Object> RULE = Map.of("name", "allow-temp", "priority", 110L);

    private static Map<String, Object> exposure(String source, String words, List<Map<String, Object>> rules) {
        return Map.of("source", source, "words", words, "rules", rules);
    }

    private static String said(Map<String, Object> exposure) {
        Map<String, Object> french = FrenchExposures.of(Map.of("exposures", List.of(exposure)));
        return String.valueOf(((Map<?, ?>) ((List<?>) french.get("exposures")).get(0)).get("words"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            any public IPv4 address | TCP 9200–9300 | toute adresse IPv4 publique | TCP 9200–9300
            any public IPv6 address except 2001:db8::/32 and ::1/128 | every TCP port | toute adresse IPv6 publique sauf 2001:db8::/32 et ::1/128 | tous les ports TCP
            most public IPv4 addresses (0.0.0.0/1, 128.0.0.0/2 and 3 more) | every TCP and UDP port | la plupart des adresses IPv4 publiques (0.0.0.0/1, 128.0.0.0/2 et 3 de plus) | tous les ports TCP et UDP
            16,777,216 public IPv4 addresses (13.0.0.0/8) | every protocol and port | 16_777_216 adresses IPv4 publiques (13.0.0.0/8) | tous les protocoles et ports
            any Azure customer (AzureCloud, Storage, Sql and 2 more) | TCP 22, 80 and 443 and ICMP | tout client d’Azure (AzureCloud, Storage, Sql et 2 de plus) | TCP 22, 80 et 443 et ICMP
            whoever is in AzureLoadBalancer | UDP 53 and protocol 47 | quiconque est dans AzureLoadBalancer | UDP 53 et protocole 47
            203.0.113.0/24 | TCP 22 of members of application group web and db | 203.0.113.0/24 | TCP 22 de membres du groupe d’application web et db
            203.0.113.0/24 | TCP 22 of machines with tag web and 3 more | 203.0.113.0/24 | TCP 22 de machines portant l’étiquette web et 3 de plus
            203.0.113.0/24 | TCP 22 of machines with tag web and service account b | 203.0.113.0/24 | TCP 22 de machines portant l’étiquette web et le compte de service b
            whoever is in prefix list pl-1 and prefix list pl-2 | TCP 22 | quiconque est dans la liste de préfixes pl-1 et la liste de préfixes pl-2 | TCP 22
            1,609,300,991 public IPv4 addresses (the public part of 128.0.0.0/1) | TCP 22 | 1_609_300_991 adresses IPv4 publiques (la partie publique de 128.0.0.0/1) | TCP 22
            """)
    void saysWhoReachesWhat(String source, String ports, String french, String frenchPorts) {
        assertThat(said(exposure(source, source + " → " + ports + ", rule allow-temp, priority 110", List.of(RULE))))
                .isEqualTo(
                        french.replace('_', (char) 0x202F) + " → " + frenchPorts + ", règle allow-temp, priorité 110");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            aa | the network manager | règle aa du gestionnaire de réseau
            aa | the subnet's group | règle aa du groupe du sous-réseau
            aa | the interface's group | règle aa du groupe de l’interface
            aa | network web | règle aa du réseau web
            110 | acl-1 | règle 110 de acl-1
            tcp 22 from 0.0.0.0/0 | web (sg-1) | règle tcp 22 depuis 0.0.0.0/0 de web (sg-1)
            all from ::/0 | web (sg-1) | règle tout depuis ::/0 de web (sg-1)
            """)
    void saysWhatDeriversCallRulesAndTheirLists(String name, String owner, String french) {
        assertThat(said(exposure(
                        "any public IPv4 address",
                        "any public IPv4 address → TCP 22, rule " + name + " of " + owner,
                        List.of(Map.of("name", name, "owner", owner)))))
                .isEqualTo("toute adresse IPv4 publique → TCP 22, " + french);
    }

    @Test
    void leavesTheNamesOfRulesAndOwnersAlone() {
        Map<String, Object> odd = Map.of("name", "a and b, then rule", "owner", "sg and more");
        Map<String, Object> brief = Map.of("name", "a");
        assertThat(said(exposure(
                        "any public IPv4 address",
                        "any public IPv4 address → TCP 22, rule a, then rule a and b, then rule of sg and more, rule allow-temp,"
                                + " priority 110 and 2 more",
                        List.of(brief, odd, RULE))))
                .isEqualTo(
                        "toute adresse IPv4 publique → TCP 22, règle a, puis règle a and b, then rule de sg and more, règle"
                                + " allow-temp, priorité 110 et 2 de plus");
        assertThat(said(exposure("any public IPv4 address", "rules of a form nobody knows", List.of(RULE))))
                .isEqualTo("rules of a form nobody knows");
    }

    @Test
    void joinsWhatIsOpen() {
        String one = "any public IPv4 address → TCP 22, rule allow-temp, priority 110";
        String other = "any public IPv6 address → TCP 22, rule allow-temp, priority 110";
        Map<String, Object> facts = Map.of(
                "exposures",
                List.of(
                        exposure("any public IPv4 address", one, List.of(RULE)),
                        exposure("any public IPv6 address", other, List.of(RULE))),
                "sensitive",
                Map.of("words", one + "; " + other + "; and 4 more", "open", List.of(one, other)),
                "unpublished",
                Map.of("words", "", "open", List.of()));
        Map<String, Object> french = FrenchExposures.of(facts);
        assertThat(words(french, "sensitive"))
                .isEqualTo(
                        "toute adresse IPv4 publique → TCP 22, règle allow-temp, priorité 110 ; toute adresse IPv6 publique → TCP"
                                + " 22, règle allow-temp, priorité 110 ; et 4 de plus");
        assertThat(words(french, "unpublished")).isEmpty();
    }

    private static String words(Map<String, Object> facts, String name) {
        return String.valueOf(((Map<?, ?>) facts.get(name)).get("words"));
    }

    @Test
    void saysWhatIsLeftOpen() {
        Map<String, Object> facts = Map.of(
                "exposures",
                List.of(),
                "notes",
                List.of(
                        "security admin rules of a network manager, if there is one, are not part of the snapshot",
                        "rule allow-$1: what the service tag 'Sql' stands for is not known here; it neither opens nor closes anything",
                        "something new"));
        assertThat(FrenchExposures.of(facts).get("notes"))
                .isEqualTo(List.of(
                        "les règles d’administration d’un gestionnaire de réseau, s’il y en a un, ne figurent pas dans l’instantané",
                        "règle allow-$1 : on ne sait pas ici ce que désigne l’étiquette de service 'Sql' ; elle n’ouvre ni ne ferme rien",
                        "something new"));
    }
}
