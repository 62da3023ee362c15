package dev.ronde.check.derive.net;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Computes who on the Internet reaches what through a rule set, exactly. */
public final class Exposures {
    static final Set<String> WITH_PORTS = Set.of("tcp", "udp", "sctp");

    private Exposures() {}

    /**
     * Returns every exposure, the worst first, each group of senders, rules and ports once.
     *
     * @throws TooComplexException where the rules tell too many situations apart
     */
    public static List<Exposure> of(RuleSet set) {
        List<NetworkRule> rules =
                set.layers().stream().flatMap(layer -> layer.rules().stream()).toList();
        Cells.Cut cut = Cells.cut(rules.stream().map(NetworkRule::source).toList());
        List<Situations.Situation> situations = Situations.of(rules, set.receivers(), set.groups());
        Map<BitSet, Walk> walks = new HashMap<>();
        Effort effort = new Effort();
        Groups groups = new Groups(cut.cells(), rules, effort);
        List<String> protocols = protocols(rules);
        for (String protocol : protocols) {
            PortLine line = new PortLine(rules, protocol, WITH_PORTS.contains(protocol), effort);
            for (Situations.Situation situation : situations) {
                BitSet all = cut.cells().all(situation.four(), situation.six());
                line.add(
                        situation.rules(),
                        walks.computeIfAbsent(all, senders -> new Walk(cut, rules, set.layers(), senders, effort)));
            }
            line.forEach(groups::groups, (ports, found) -> groups.add(protocol, ports, found));
        }
        return groups.exposures(protocols).stream()
                .sorted(Comparator.comparing(Exposure::reach)
                        .reversed()
                        .thenComparingInt(
                                exposure -> exposure.ports().ranges().get(0).first()))
                .toList();
    }

    /** Protocols with ports come first. */
    static List<String> protocols(List<NetworkRule> rules) {
        Set<String> others = new TreeSet<>(Set.of("icmp", "esp", "ah"));
        for (NetworkRule rule : rules) {
            Set<String> named = rule.protocols();
            if (named != null) {
                others.addAll(named);
            }
        }
        List<String> all = new ArrayList<>(List.of("tcp", "udp"));
        others.removeAll(all);
        all.addAll(others);
        return all;
    }
}
