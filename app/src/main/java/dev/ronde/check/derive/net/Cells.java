package dev.ronde.check.derive.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The public addresses cut wherever a source of some rule begins or ends. No rule tells two addresses of a cell apart, so a set of
 * cells, as bits, is exact. After the cells of addresses come two for each name, one a family.
 */
final class Cells {
    private final BigInteger[] bounds;
    private final List<String> names;
    private final BitSet ipv4;
    private final BitSet ipv6;
    private final BitSet named = new BitSet();

    private Cells(BigInteger[] bounds, List<String> names) {
        this.bounds = bounds;
        this.names = names;
        int all = bounds.length + 2 * names.size();
        named.set(bounds.length, all);
        ipv4 = bits(Addresses.PUBLIC.of(Family.IPV4));
        ipv6 = bits(Addresses.PUBLIC.of(Family.IPV6));
        for (int i = 0; i < names.size(); i++) {
            ipv4.set(bounds.length + 2 * i);
            ipv6.set(bounds.length + 2 * i + 1);
        }
    }

    record Cut(Cells cells, List<BitSet> sources) {}

    static Cut cut(List<Source> sources) {
        Set<BigInteger> bounds = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        List<AddressSet> addresses = new ArrayList<>(sources.size());
        addBounds(Addresses.PUBLIC, bounds);
        for (Source source : sources) {
            boolean all = source.addresses().equals(AddressSet.ALL);
            AddressSet open = all ? Addresses.PUBLIC : source.addresses().and(Addresses.PUBLIC);
            addresses.add(open);
            if (!all) {
                addBounds(open, bounds);
            }
            names.addAll(source.named());
        }
        Cells cells = new Cells(bounds.toArray(BigInteger[]::new), List.copyOf(names));
        List<BitSet> bits = new ArrayList<>(sources.size());
        for (int i = 0; i < sources.size(); i++) {
            BitSet set = cells.bits(addresses.get(i));
            cells.addNames(sources.get(i), addresses.get(i), set);
            bits.add(set);
        }
        return new Cut(cells, bits);
    }

    private static void addBounds(AddressSet set, Set<BigInteger> bounds) {
        for (AddressSet.Range range : set.ranges()) {
            bounds.add(range.first());
            bounds.add(range.last().add(BigInteger.ONE));
        }
    }

    private BitSet bits(AddressSet set) {
        BitSet bits = new BitSet();
        for (AddressSet.Range range : set.ranges()) {
            int from = java.util.Arrays.binarySearch(bounds, range.first());
            int end = java.util.Arrays.binarySearch(bounds, range.last().add(BigInteger.ONE));
            bits.set(from, end);
        }
        return bits;
    }

    /** A name's public addresses are unknown: only the name or all of the family's public ones surely cover it. */
    private void addNames(Source source, AddressSet open, BitSet set) {
        if (names.isEmpty()) {
            return;
        }
        boolean four = open.equals(Addresses.PUBLIC) || open.covers(Addresses.PUBLIC.of(Family.IPV4));
        boolean six = open.equals(Addresses.PUBLIC) || open.covers(Addresses.PUBLIC.of(Family.IPV6));
        for (int i = 0; i < names.size(); i++) {
            boolean said = source.names(names.get(i));
            set.set(bounds.length + 2 * i, said || four);
            set.set(bounds.length + 2 * i + 1, said || six);
        }
    }

    BitSet all(boolean four, boolean six) {
        BitSet all = new BitSet();
        if (four) {
            all.or(ipv4);
        }
        if (six) {
            all.or(ipv6);
        }
        return all;
    }

    boolean hasNames() {
        return !names.isEmpty();
    }

    BitSet withoutNames(BitSet set) {
        BitSet rest = (BitSet) set.clone();
        rest.andNot(named);
        return rest;
    }

    void dropNames(BitSet remaining, BitSet behind) {
        for (BitSet family : List.of(ipv4, ipv6)) {
            if (!behind.intersects(family)) {
                BitSet gone = (BitSet) named.clone();
                gone.and(family);
                remaining.andNot(gone);
            }
        }
    }

    BitSet addressesOf(Family family, BitSet set) {
        BitSet part = (BitSet) (family == Family.IPV4 ? ipv4 : ipv6).clone();
        part.andNot(named);
        part.and(set);
        return part;
    }

    AddressSet addresses(BitSet set) {
        List<AddressSet.Range> ranges = new ArrayList<>();
        for (int from = set.nextSetBit(0); from >= 0 && from < bounds.length; ) {
            int end = Math.min(set.nextClearBit(from), bounds.length);
            ranges.add(new AddressSet.Range(bounds[from], bounds[end].subtract(BigInteger.ONE)));
            from = set.nextSetBit(end);
        }
        return new AddressSet(ranges);
    }

    Set<String> namesOf(Family family, BitSet set) {
        Set<String> found = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (set.get(bounds.length + 2 * i + (family == Family.IPV4 ? 0 : 1))) {
                found.add(names.get(i));
            }
        }
        return found;
    }

    long[] sizesOfIpv4() {
        long[] sizes = new long[bounds.length];
        for (int i = 0; i + 1 < bounds.length && bounds[i + 1].compareTo(AddressSet.IPV6_START) < 0; i++) {
            sizes[i] = bounds[i + 1].subtract(bounds[i]).longValueExact();
        }
        return sizes;
    }
}
