package dev.ronde.check.derive.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.catalogue.Catalogue;
import dev.ronde.catalogue.CatalogueEntry;
import dev.ronde.catalogue.CheckDefinition;
import dev.ronde.catalogue.TestChecks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of an exposure leave out what is long; what a waiver is bound to leaves out nothing. */
final class ExposureFactsTest {
    @TempDir
    Path folder;

    private static Map<?, ?> sensitive(List<String> prefixes) {
        AddressSet addresses = AddressSet.of(prefixes.stream()
                .flatMap(text -> Addresses.prefix(text).orElseThrow().ranges().stream())
                .toList());
        NetworkRule rule = new NetworkRule(
                "allow-temp",
                null,
                110,
                NetworkRule.Action.ACCEPT,
                Set.of("tcp"),
                Source.of(addresses),
                PortSet.ALL,
                AddressSet.ALL,
                null,
                PortSet.range("22").map(range -> PortSet.of(List.of(range))).orElseThrow(),
                null);
        Exposure exposure = new Exposure(
                Reach.LARGE,
                Family.IPV4,
                addresses,
                addresses,
                Set.of(),
                List.of("tcp"),
                rule.ports(),
                List.of(List.of(rule)),
                false);
        Map<String, Object> facts =
                new ExposureFacts(List.of("22/tcp"), List.of()).of(List.of(exposure), Map.of(), Set.of());
        return (Map<?, ?>) facts.get("sensitive");
    }

    private static List<String> prefixes(String last) {
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            prefixes.add(30 + 2 * i + ".0.0.0/10");
        }
        prefixes.add(last);
        return prefixes;
    }

    @Test
    void aChangeBeyondTheWordsIsAnotherFailure() {
        Map<?, ?> one = sensitive(prefixes("60.0.0.0/10"));
        Map<?, ?> other = sensitive(prefixes("62.0.0.0/10"));
        assertThat(other.get("open")).as("the words end before the change").isEqualTo(one.get("open"));
        assertThat(other.get("digest")).isNotEqualTo(one.get("digest"));
        assertThat(sensitive(prefixes("60.0.0.0/10")).get("digest"))
                .as("the same rules, the same failure")
                .isEqualTo(one.get("digest"));
    }

    @Test
    void everyCheckOfExposuresIsBoundToTheDigest() {
        Catalogue catalogue = TestChecks.load(folder);
        List<CheckDefinition> checks = catalogue.entries().stream()
                .flatMap(entry -> entry.sound().stream())
                .filter(check -> check.facts().name().equals("network.exposure.v1"))
                .filter(check -> check.evidence().fingerprint().stream().anyMatch(path -> path.endsWith(".open")))
                .toList();
        assertThat(checks)
                .hasSize(6)
                .allMatch(check -> check.evidence().fingerprint().stream().anyMatch(path -> path.endsWith(".digest")));
    }

    /** What accepts one open port accepts no sweep that did not look at the others. */
    @Test
    void aWaiverOfAnOpenPortEndsWhereOthersWereNotLookedAt() {
        Catalogue catalogue = TestChecks.load(folder);
        assertThat(catalogue
                        .find("declared-port-exposure")
                        .flatMap(CatalogueEntry::sound)
                        .orElseThrow()
                        .evidence()
                        .fingerprint())
                .contains("undeclared.ports", "unseen.ports");
    }
}
