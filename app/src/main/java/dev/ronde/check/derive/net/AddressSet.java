package dev.ronde.check.derive.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of IP addresses of both families: sorted ranges that neither overlap nor touch, on one line that holds IPv4 first and IPv6
 * from 2^128 on.
 *
 * @param ranges the ranges in ascending order
 */
public record AddressSet(List<Range> ranges) {
    static final BigInteger IPV6_START = BigInteger.ONE.shiftLeft(128);

    private static final BigInteger IPV4_END = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
    private static final BigInteger IPV6_END = BigInteger.ONE.shiftLeft(129).subtract(BigInteger.ONE);

    public static final AddressSet NONE = new AddressSet(List.of());

    public static final AddressSet ALL_IPV4 = new AddressSet(List.of(new Range(BigInteger.ZERO, IPV4_END)));

    public static final AddressSet ALL_IPV6 = new AddressSet(List.of(new Range(IPV6_START, IPV6_END)));

    public static final AddressSet ALL =
            new AddressSet(List.of(new Range(BigInteger.ZERO, IPV4_END), new Range(IPV6_START, IPV6_END)));

    public AddressSet {
        ranges = List.copyOf(ranges);
    }

    /** Both ends belong to the range; a range never leaves its family. */
    public record Range(BigInteger first, BigInteger last) {
        public Family family() {
            return first.compareTo(IPV6_START) < 0 ? Family.IPV4 : Family.IPV6;
        }

        BigInteger size() {
            return last.subtract(first).add(BigInteger.ONE);
        }
    }

    public static AddressSet of(List<Range> ranges) {
        if (ranges.size() < 2) {
            return new AddressSet(ranges);
        }
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(Range::first));
        List<Range> merged = new ArrayList<>(sorted.size());
        Range current = sorted.get(0);
        for (Range next : sorted.subList(1, sorted.size())) {
            boolean touches = next.first().compareTo(current.last().add(BigInteger.ONE)) <= 0
                    && next.family() == current.family();
            if (touches) {
                current = new Range(current.first(), current.last().max(next.last()));
            } else {
                merged.add(current);
                current = next;
            }
        }
        merged.add(current);
        return new AddressSet(merged);
    }

    public AddressSet or(AddressSet other) {
        List<Range> all = new ArrayList<>(ranges);
        all.addAll(other.ranges);
        return of(all);
    }

    public AddressSet and(AddressSet other) {
        List<Range> common = new ArrayList<>();
        int mine = 0;
        int theirs = 0;
        while (mine < ranges.size() && theirs < other.ranges.size()) {
            Range one = ranges.get(mine);
            Range two = other.ranges.get(theirs);
            BigInteger first = one.first().max(two.first());
            BigInteger last = one.last().min(two.last());
            if (first.compareTo(last) <= 0) {
                common.add(new Range(first, last));
            }
            if (one.last().compareTo(two.last()) < 0) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new AddressSet(common);
    }

    public AddressSet minus(AddressSet other) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            BigInteger from = range.first();
            for (Range cut : other.ranges) {
                if (cut.last().compareTo(from) < 0 || cut.first().compareTo(range.last()) > 0) {
                    continue;
                }
                if (cut.first().compareTo(from) > 0) {
                    left.add(new Range(from, cut.first().subtract(BigInteger.ONE)));
                }
                from = cut.last().add(BigInteger.ONE);
            }
            if (from.compareTo(range.last()) <= 0) {
                left.add(new Range(from, range.last()));
            }
        }
        return new AddressSet(left);
    }

    public boolean covers(AddressSet other) {
        return other.minus(this).isEmpty();
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public AddressSet of(Family family) {
        return new AddressSet(
                ranges.stream().filter(range -> range.family() == family).toList());
    }

    public BigInteger size() {
        return ranges.stream().map(Range::size).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
