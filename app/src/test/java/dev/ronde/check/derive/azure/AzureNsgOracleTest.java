package dev.ronde.check.derive.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.derive.NsgOracle;
import dev.ronde.check.derive.RandomNsg;
import dev.ronde.check.derive.net.Exposure;
import dev.ronde.check.derive.net.Family;
import dev.ronde.check.derive.net.NetworkRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The deriver against a packet-by-packet oracle on random rule sets; both must name the same senders, rules and reach for every port. */
final class AzureNsgOracleTest {
    private static final int RULE_SETS = "full".equals(System.getProperty("ronde.scale")) ? 123_000 : 2_000;

    @Test
    void agreesOnManyRuleSets() {
        List<String> mismatches = IntStream.range(0, RULE_SETS)
                .parallel()
                .mapToObj(AzureNsgOracleTest::mismatch)
                .filter(text -> !text.isEmpty())
                .limit(3)
                .toList();
        assertThat(mismatches).isEmpty();
    }

    /** What must stand in the result once: a reach, who, and the rules. */
    private record Entry(String reach, String who, Set<List<String>> chains) {}

    private static String mismatch(int seed) {
        Map<String, Object> document = RandomNsg.document(seed);
        NsgOracle oracle = new NsgOracle(document);
        List<Exposure> found = AzureNsgExposure.exposures(AzureDocument.read(document), new TreeSet<>());
        for (String protocol : oracle.protocols()) {
            boolean ported = protocol.equals("tcp") || protocol.equals("udp");
            for (int port : ported ? oracle.ports() : Set.of(0)) {
                NsgOracle.Opening opening = oracle.opening(protocol, port);
                List<Exposure> here = found.stream()
                        .filter(exposure -> exposure.opens(protocol, port))
                        .toList();
                Set<Entry> expected = expected(oracle, opening);
                Set<Entry> actual =
                        here.stream().map(exposure -> actual(oracle, exposure)).collect(Collectors.toSet());
                if (!expected.equals(actual) || expected.size() != here.size()) {
                    return "seed " + seed + " " + protocol + " " + port + "\nexpected " + expected + "\nactual   "
                            + actual + "\n" + document;
                }
            }
        }
        return "";
    }

    private static Set<Entry> expected(NsgOracle oracle, NsgOracle.Opening opening) {
        Set<Entry> entries = new HashSet<>();
        for (boolean six : List.of(false, true)) {
            Set<Integer> together = new TreeSet<>();
            List<Entry> alone = new ArrayList<>();
            int farthest = 0;
            for (Map.Entry<List<String>, Set<Integer>> one : opening.senders.entrySet()) {
                Set<Integer> mine = one.getValue().stream()
                        .filter(i -> oracle.sender(i).bytes().length == (six ? 16 : 4))
                        .collect(Collectors.toCollection(TreeSet::new));
                if (!mine.isEmpty()) {
                    int reach = oracle.reach(mine, six);
                    farthest = Math.max(farthest, reach);
                    together.addAll(mine);
                    alone.add(new Entry(word(reach), six + " " + oracle.count(mine, six), Set.of(one.getKey())));
                }
            }
            int all = oracle.reach(together, six);
            if (all > farthest) {
                Set<List<String>> chains =
                        alone.stream().flatMap(entry -> entry.chains().stream()).collect(Collectors.toSet());
                entries.add(new Entry(word(all), six + " " + oracle.count(together, six), chains));
            } else {
                entries.addAll(alone);
            }
        }
        opening.tenants.forEach((chain, tenants) -> {
            Set<String> names = tenants.stream()
                    .filter(tenant -> {
                        Set<Integer> mine = opening.senders.getOrDefault(chain, Set.of()).stream()
                                .filter(i -> oracle.sender(i).bytes().length == (tenant.six() ? 16 : 4))
                                .collect(Collectors.toSet());
                        return mine.isEmpty() || oracle.reach(mine, tenant.six()) < 2;
                    })
                    .map(NsgOracle.Tenant::name)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!names.isEmpty()) {
                entries.add(new Entry("azure-tenants", names.toString(), Set.of(chain)));
            }
        });
        return entries;
    }

    private static String word(int reach) {
        return List.of("specific", "large", "any").get(reach);
    }

    /** Counts the oracle's stretches that are in the exposure, so that a wrong address shows as a wrong count. */
    private static Entry actual(NsgOracle oracle, Exposure exposure) {
        Set<List<String>> chains = exposure.chains().stream()
                .map(chain -> chain.stream().map(NetworkRule::name).toList())
                .collect(Collectors.toSet());
        if (exposure.family() == null) {
            Set<String> names = exposure.named().stream()
                    .map(name -> name.toLowerCase(java.util.Locale.ROOT))
                    .collect(Collectors.toCollection(TreeSet::new));
            return new Entry(exposure.reach().code(), names.toString(), chains);
        }
        BigInteger count = exposure.addresses().size();
        return new Entry(exposure.reach().code(), (exposure.family() == Family.IPV6) + " " + count, chains);
    }
}
