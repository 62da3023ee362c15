package dev.ronde.check.derive.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ronde.check.derive.Packets;
import dev.ronde.check.derive.net.Exposure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Firewall rules of Google Cloud against an oracle that lets single packets through to single machines: of the rules for a machine the
 * one with the lowest number decides, a denying one before an allowing one, and nothing comes in that no rule lets in.
 */
final class GcpFirewallOracleTest {
    private static final int DOCUMENTS = "full".equals(System.getProperty("ronde.scale")) ? 101_000 : 1_000;

    @Test
    void agreesOnManyDocuments() {
        List<String> mismatches = IntStream.range(0, DOCUMENTS)
                .parallel()
                .mapToObj(GcpFirewallOracleTest::mismatch)
                .filter(text -> !text.isEmpty())
                .limit(3)
                .toList();
        assertThat(mismatches).isEmpty();
    }

    private static String mismatch(int seed) {
        List<Map<String, Object>> rules = rules(new Random(seed));
        Set<Machine> machines = machines(rules);
        List<Exposure> found = GcpFirewallExposure.exposures(Map.of("items", rules));
        for (String protocol : Packets.PROTOCOLS) {
            for (int port : protocol.equals("icmp") ? List.of(0) : Packets.PORTS) {
                Set<String> expected = new TreeSet<>();
                for (String sender : Packets.senders()) {
                    if (machines.stream().anyMatch(machine -> admitted(rules, machine, sender, protocol, port))) {
                        expected.add(sender);
                    }
                }
                Set<String> actual = Packets.through(found, protocol, port);
                if (!expected.equals(actual)) {
                    return "seed " + seed + " " + protocol + " " + port + "\nexpected " + expected + "\nactual   "
                            + actual + "\n" + rules;
                }
            }
        }
        return "";
    }

    // the oracle

    /** A machine of a network with one tag, or with none. */
    private record Machine(String network, String tag) {}

    private static Set<Machine> machines(List<Map<String, Object>> rules) {
        Set<Machine> machines = new LinkedHashSet<>();
        for (Map<String, Object> rule : rules) {
            machines.add(new Machine(network(rule), ""));
            texts(rule, "targetTags").forEach(tag -> machines.add(new Machine(network(rule), tag)));
        }
        return machines;
    }

    private static boolean admitted(
            List<Map<String, Object>> rules, Machine machine, String sender, String protocol, int port) {
        return rules.stream()
                .filter(rule -> network(rule).equals(machine.network()))
                .filter(rule -> rule.get("direction").equals("INGRESS") && !Boolean.TRUE.equals(rule.get("disabled")))
                .filter(rule -> texts(rule, "targetTags").isEmpty()
                        || texts(rule, "targetTags").contains(machine.tag()))
                .filter(rule -> from(rule, sender))
                .filter(rule -> concerns(rule, protocol, port))
                .min(Comparator.comparing((Map<String, Object> rule) -> (Long) rule.get("priority"))
                        .thenComparing(rule -> rule.containsKey("allowed")))
                .filter(rule -> rule.containsKey("allowed"))
                .isPresent();
    }

    private static boolean from(Map<String, Object> rule, String sender) {
        boolean named = rule.containsKey("sourceTags");
        List<String> ranges = texts(rule, "sourceRanges");
        return ranges.isEmpty()
                ? !named && (rule.containsKey("allowed") || !sender.contains(":"))
                : ranges.stream().anyMatch(range -> Packets.within(sender, range));
    }

    @SuppressWarnings("unchecked")
    private static boolean concerns(Map<String, Object> rule, String protocol, int port) {
        Object entries = rule.getOrDefault("allowed", rule.get("denied"));
        return ((List<Map<String, Object>>) entries).stream().anyMatch(entry -> {
            if (entry.get("IPProtocol").equals("all")) {
                return true;
            }
            List<String> ports = texts(entry, "ports");
            return entry.get("IPProtocol").equals(protocol)
                    && (ports.isEmpty() || ports.stream().anyMatch(text -> holds(text, port)));
        });
    }

    private static boolean holds(String text, int port) {
        String[] ends = text.split("-", 2);
        return Integer.parseInt(ends[0]) <= port && port <= Integer.parseInt(ends[ends.length - 1]);
    }

    private static String network(Map<String, Object> rule) {
        return String.valueOf(rule.get("network"));
    }

    @SuppressWarnings("unchecked")
    private static List<String> texts(Map<String, Object> map, String name) {
        return (List<String>) map.getOrDefault(name, List.of());
    }

    // random documents

    private static List<Map<String, Object>> rules(Random random) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (int i = 1 + random.nextInt(7); i > 0; i--) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("name", "rule-" + i);
            rule.put("network", random.nextInt(4) == 0 ? "other" : "default");
            rule.put("priority", (long) List.of(100, 500, 500, 1_000).get(random.nextInt(4)));
            rule.put("direction", random.nextInt(8) == 0 ? "EGRESS" : "INGRESS");
            if (random.nextInt(8) == 0) {
                rule.put("disabled", true);
            }
            rule.put(random.nextInt(3) == 0 ? "denied" : "allowed", openings(random));
            senders(random, rule);
            if (random.nextInt(3) == 0) {
                rule.put("targetTags", random.nextBoolean() ? List.of("web") : List.of("web", "db"));
            }
            rules.add(rule);
        }
        return rules;
    }

    private static void senders(Random random, Map<String, Object> rule) {
        List<String> ranges = new ArrayList<>();
        for (int n = random.nextInt(4); n > 0; n--) {
            ranges.add(Packets.prefix(random));
        }
        if (rule.get("direction").equals("INGRESS") && !ranges.isEmpty()) {
            rule.put("sourceRanges", ranges);
        }
        if (random.nextInt(5) == 0) {
            rule.put("sourceTags", List.of("bastion"));
        }
    }

    private static List<Object> openings(Random random) {
        List<Object> openings = new ArrayList<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            String protocol = List.of("tcp", "udp", "icmp", "all", "tcp").get(random.nextInt(5));
            Map<String, Object> opening = new LinkedHashMap<>();
            opening.put("IPProtocol", protocol);
            if ((protocol.equals("tcp") || protocol.equals("udp")) && random.nextInt(3) > 0) {
                int[] ports = Packets.ports(random);
                opening.put("ports", List.of(ports[0] == ports[1] ? "" + ports[0] : ports[0] + "-" + ports[1]));
            }
            openings.add(opening);
        }
        return openings;
    }
}
