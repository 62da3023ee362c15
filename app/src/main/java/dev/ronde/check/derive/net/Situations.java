package dev.ronde.check.derive.net;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The receivers and sender's ports that some rule tells apart: each is the set of rules that can match there. A port is exposed where it
 * is in any of them, as the sender chooses the machine and its own port.
 */
final class Situations {
    private static final int MOST = 20_000;

    private Situations() {}

    /**
     * One of them.
     *
     * @param rules indexes of the rules that can match
     * @param four whether a receiver has an IPv4 address there
     * @param six whether a receiver has an IPv6 address there
     */
    record Situation(BitSet rules, boolean four, boolean six) {}

    /**
     * Returns all of them, each set of rules once.
     *
     * @throws TooComplexException where there are more than can be looked at
     */
    static List<Situation> of(List<NetworkRule> rules, AddressSet receivers, Set<String> groups) {
        Map<BitSet, Integer> byAddress = receivers(rules, receivers);
        Set<BitSet> byPort = sourcePorts(rules);
        Set<BitSet> byGroup = groups(rules, groups);
        if ((long) byAddress.size() * byPort.size() * byGroup.size() > MOST) {
            throw new TooComplexException("destinations, groups and source ports");
        }
        Map<BitSet, Integer> found = new LinkedHashMap<>();
        byAddress.forEach((address, families) -> {
            for (BitSet port : byPort) {
                for (BitSet group : byGroup) {
                    BitSet matching = (BitSet) address.clone();
                    matching.and(port);
                    matching.and(group);
                    found.merge(matching, families, (one, other) -> one | other);
                }
            }
        });
        return found.entrySet().stream()
                .map(entry -> new Situation(entry.getKey(), (entry.getValue() & 1) != 0, (entry.getValue() & 2) != 0))
                .toList();
    }

    private static Map<BitSet, Integer> receivers(List<NetworkRule> rules, AddressSet receivers) {
        Sweep<BigInteger> sweep = new Sweep<>();
        BitSet always = new BitSet();
        for (int i = 0; i < rules.size(); i++) {
            AddressSet destination = rules.get(i).destination();
            if (destination.equals(AddressSet.ALL)) {
                always.set(i);
            } else {
                for (AddressSet.Range range : destination.and(receivers).ranges()) {
                    sweep.add(i, range.first(), range.last().add(BigInteger.ONE));
                }
            }
        }
        int universe = rules.size();
        for (AddressSet.Range range : receivers.ranges()) {
            sweep.add(universe, range.first(), range.last().add(BigInteger.ONE));
        }
        Map<BitSet, Integer> found = new LinkedHashMap<>();
        sweep.run((start, active) -> {
            if (active.get(universe)) {
                BitSet matching = (BitSet) active.clone();
                matching.clear(universe);
                matching.or(always);
                found.merge(matching, start.compareTo(AddressSet.IPV6_START) < 0 ? 1 : 2, (one, other) -> one | other);
            }
        });
        return found;
    }

    private static Set<BitSet> sourcePorts(List<NetworkRule> rules) {
        Sweep<Integer> sweep = new Sweep<>();
        for (int i = 0; i < rules.size(); i++) {
            for (PortSet.Range range : rules.get(i).sourcePorts().ranges()) {
                sweep.add(i, range.first(), range.last() + 1);
            }
        }
        sweep.add(rules.size(), 0, PortSet.LAST + 1);
        Set<BitSet> found = new HashSet<>();
        sweep.run((start, active) -> {
            if (start <= PortSet.LAST) {
                BitSet matching = (BitSet) active.clone();
                matching.clear(rules.size());
                found.add(matching);
            }
        });
        return found;
    }

    private static Set<BitSet> groups(List<NetworkRule> rules, Set<String> groups) {
        Set<BitSet> found = new HashSet<>();
        for (String group : groups.isEmpty() ? Set.of("") : groups) {
            BitSet matching = new BitSet();
            for (int i = 0; i < rules.size(); i++) {
                Set<String> targets = rules.get(i).targets();
                matching.set(i, targets == null || targets.contains(group));
            }
            found.add(matching);
        }
        return found;
    }
}
