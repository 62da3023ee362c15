package dev.ronde.check.derive.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts ports together that the same senders reach through the same rules, and says how far each group reaches. */
final class Groups {
    private static final String AZURE = "AzureCloud";

    private static final long WORDS_OF_A_RANGE = 16;

    private static final int OBJECT = 32;

    private static final long MANY = 65_536;
    private static final BigInteger NETWORK = BigInteger.ONE.shiftLeft(64);
    private static final BigInteger MANY_NETWORKS = NETWORK.multiply(BigInteger.valueOf(MANY));
    private static final BigInteger PREFIX_38 = BigInteger.ONE.shiftLeft(128 - 38);
    private static final long HALF_OF_IPV4 =
            (Addresses.PUBLIC.of(Family.IPV4).size().longValueExact() + 1) / 2;

    private final Cells cells;
    private final long[] ipv4;
    private final List<NetworkRule> rules;
    private final Effort effort;
    private final Map<Group, Map<String, List<PortSet.Range>>> found = new LinkedHashMap<>();

    Groups(Cells cells, List<NetworkRule> rules, Effort effort) {
        this.cells = cells;
        this.effort = effort;
        this.ipv4 = cells.sizesOfIpv4();
        this.rules = rules;
    }

    /**
     * Senders and the chains of rules that let them through.
     *
     * @param reachable where the senders are almost everybody, all that get through to the same ports, by whatever rule; else the same
     */
    record Group(
            Reach reach,
            @Nullable Family family,
            BitSet cells,
            BitSet reachable,
            Set<String> named,
            List<List<Integer>> chains) {
        Group(Reach reach, @Nullable Family family, BitSet cells, Set<String> named, List<List<Integer>> chains) {
            this(reach, family, cells, cells, named, chains);
        }

        Group among(BitSet union) {
            return reach == Reach.ANY ? new Group(reach, family, cells, union, named, chains) : this;
        }
    }

    List<Group> groups(Map<List<Integer>, BitSet> senders) {
        List<Group> groups = new ArrayList<>();
        for (Family family : Family.values()) {
            addFamily(family, senders, groups);
        }
        senders.forEach((chain, set) -> addNames(chain, set, groups));
        return groups;
    }

    private void addFamily(Family family, Map<List<Integer>, BitSet> senders, List<Group> groups) {
        List<Group> alone = new ArrayList<>();
        BitSet union = new BitSet();
        Reach farthest = Reach.SPECIFIC;
        for (Map.Entry<List<Integer>, BitSet> entry : senders.entrySet()) {
            BitSet part = cells.addressesOf(family, entry.getValue());
            if (!part.isEmpty()) {
                Reach reach = reach(family, part);
                farthest = reach.compareTo(farthest) > 0 ? reach : farthest;
                union.or(part);
                alone.add(new Group(reach, family, part, Set.of(), List.of(entry.getKey())));
            }
        }
        Reach together = alone.size() < 2 ? farthest : reach(family, union);
        if (together == farthest) {
            alone.forEach(group -> groups.add(group.among(union)));
        } else {
            List<List<Integer>> chains =
                    alone.stream().map(group -> group.chains().get(0)).toList();
            groups.add(new Group(together, family, union, Set.of(), chains));
        }
    }

    private void addNames(List<Integer> chain, BitSet set, List<Group> groups) {
        Map<Reach, Set<String>> names = new LinkedHashMap<>();
        for (Family family : Family.values()) {
            Set<String> open = cells.namesOf(family, set);
            BitSet addresses = cells.addressesOf(family, set);
            if (!open.isEmpty() && (addresses.isEmpty() || reach(family, addresses) != Reach.ANY)) {
                open.forEach(name -> names.computeIfAbsent(
                                name.startsWith(AZURE) ? Reach.AZURE_TENANTS : Reach.UNRESOLVED,
                                reach -> new TreeSet<>())
                        .add(name));
            }
        }
        names.forEach((reach, open) -> groups.add(new Group(reach, null, new BitSet(), open, List.of(chain))));
    }

    void add(String protocol, PortSet.Range ports, List<Group> groups) {
        for (Group group : groups) {
            effort.steps(1);
            found.computeIfAbsent(group, this::kept)
                    .computeIfAbsent(protocol, first -> new ArrayList<>())
                    .add(ports);
        }
    }

    private Map<String, List<PortSet.Range>> kept(Group group) {
        effort.keep(OBJECT + group.cells().size() / Long.SIZE + group.chains().size());
        return new LinkedHashMap<>();
    }

    List<Exposure> exposures(List<String> all) {
        List<Exposure> exposures = new ArrayList<>();
        found.forEach((group, byProtocol) -> {
            Map<PortSet, List<String>> byPorts = new LinkedHashMap<>();
            byProtocol.forEach(
                    (protocol, ranges) -> byPorts.computeIfAbsent(PortSet.of(ranges), first -> new ArrayList<>())
                            .add(protocol));
            AddressSet addresses = cells.addresses(group.cells());
            AddressSet reachable =
                    group.reachable().equals(group.cells()) ? addresses : cells.addresses(group.reachable());
            effort.keep(WORDS_OF_A_RANGE * addresses.ranges().size());
            byPorts.forEach((ports, protocols) -> exposures.add(new Exposure(
                    group.reach(),
                    group.family(),
                    addresses,
                    reachable,
                    group.named(),
                    protocols,
                    ports,
                    group.chains().stream()
                            .map(chain -> chain.stream().map(rules::get).toList())
                            .toList(),
                    ports.equals(PortSet.ALL) && protocols.equals(all))));
        });
        return exposures;
    }

    private Reach reach(Family family, BitSet set) {
        if (family == Family.IPV4) {
            long size = 0;
            for (int cell = set.nextSetBit(0); cell >= 0; cell = set.nextSetBit(cell + 1)) {
                size += ipv4[cell];
            }
            return size >= HALF_OF_IPV4 ? Reach.ANY : size >= MANY ? Reach.LARGE : Reach.SPECIFIC;
        }
        BigInteger size = cells.addresses(set).size();
        if (size.compareTo(PREFIX_38) > 0) {
            return Reach.ANY;
        }
        return size.compareTo(MANY_NETWORKS) >= 0 ? Reach.LARGE : Reach.SPECIFIC;
    }
}
