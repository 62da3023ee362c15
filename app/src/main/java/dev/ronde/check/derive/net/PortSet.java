package dev.ronde.check.derive.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A set of ports, 0 to 65535: sorted ranges that neither overlap nor touch.
 *
 * @param ranges the ranges in ascending order
 */
public record PortSet(List<Range> ranges) {
    public static final int LAST = 65_535;

    public static final PortSet ALL = new PortSet(List.of(new Range(0, LAST)));

    public PortSet {
        ranges = List.copyOf(ranges);
    }

    /** Both ends belong to the range. */
    public record Range(int first, int last) {}

    public static PortSet of(List<Range> ranges) {
        List<Range> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(Range::first));
        List<Range> merged = new ArrayList<>();
        for (Range next : sorted) {
            int end = merged.size() - 1;
            if (end >= 0 && next.first() <= merged.get(end).last() + 1) {
                Range before = merged.get(end);
                merged.set(end, new Range(before.first(), Math.max(before.last(), next.last())));
            } else {
                merged.add(next);
            }
        }
        return new PortSet(merged);
    }

    /** Returns the range of {@code 22} or {@code 9200-9300}; empty for any other text. */
    public static Optional<Range> range(String text) {
        int dash = text.indexOf('-');
        int first = number(dash < 0 ? text : text.substring(0, dash).strip());
        int last = dash < 0 ? first : number(text.substring(dash + 1).strip());
        return first < 0 || last < first ? Optional.empty() : Optional.of(new Range(first, last));
    }

    private static int number(String text) {
        boolean plain = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int value = plain ? Integer.parseInt(text) : -1;
        return value <= LAST ? value : -1;
    }

    /** Returns its ranges as people write them, {@code 22} or {@code 9200-9300} with that dash. */
    public List<String> texts(String dash) {
        return ranges.stream()
                .map(range -> range.first() == range.last() ? "" + range.first() : range.first() + dash + range.last())
                .toList();
    }

    /** Returns its ranges in one line; {@code *} for all ports. */
    public String text(String between) {
        return equals(ALL) ? "*" : String.join(between, texts("-"));
    }

    public boolean contains(int port) {
        for (Range range : ranges) {
            if (range.first() <= port && port <= range.last()) {
                return true;
            }
        }
        return false;
    }

    public PortSet minus(PortSet other) {
        List<Range> left = new ArrayList<>();
        for (Range range : ranges) {
            int from = range.first();
            for (Range cut : other.ranges) {
                if (cut.last() >= from && cut.first() <= range.last()) {
                    if (cut.first() > from) {
                        left.add(new Range(from, cut.first() - 1));
                    }
                    from = cut.last() + 1;
                }
            }
            if (from <= range.last()) {
                left.add(new Range(from, range.last()));
            }
        }
        return new PortSet(left);
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }
}
