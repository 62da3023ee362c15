package dev.ronde.evidence.ledger;

import java.util.Iterator;
import java.util.List;

/**
 * The hashes beside a slice of the log: {@code left} covers the leaves before {@code from}, {@code right} those from
 * {@code until} on, each in tree order. An empty slice (from = until) is allowed and proves the root alone.
 */
public record RangeProof(long size, long from, long until, List<Hash> left, List<Hash> right) {
    public RangeProof {
        if (from < 0 || from > until || until > size) {
            throw new IllegalArgumentException("[" + from + "," + until + ") is not in a tree of " + size);
        }
    }

    /**
     * The root that follows from the slice's leaf hashes, read once in order.
     *
     * @throws IllegalArgumentException if there are too few or too many leaves or cover hashes
     */
    public Hash root(Iterator<Hash> leaves) {
        if (size == 0) {
            requireEnd(leaves, "leaf");
            requireEnd(left.iterator(), "left");
            requireEnd(right.iterator(), "right");
            return Hash.EMPTY;
        }
        Iterator<Hash> before = left.iterator();
        Iterator<Hash> after = right.iterator();
        Hash root = root(0, size, leaves, before, after);
        requireEnd(leaves, "leaf");
        requireEnd(before, "left");
        requireEnd(after, "right");
        return root;
    }

    private Hash root(long low, long high, Iterator<Hash> leaves, Iterator<Hash> before, Iterator<Hash> after) {
        if (high <= from) {
            return next(before, "left");
        }
        if (low >= until) {
            return next(after, "right");
        }
        if (high - low == 1) {
            return next(leaves, "leaf");
        }
        long middle = low + split(high - low);
        Hash first = root(low, middle, leaves, before, after);
        return Hash.node(first, root(middle, high, leaves, before, after));
    }

    /** The largest power of two smaller than {@code count}, which must be at least 2. */
    static long split(long count) {
        return Long.highestOneBit(count - 1);
    }

    private static Hash next(Iterator<Hash> hashes, String what) {
        if (!hashes.hasNext()) {
            throw new IllegalArgumentException("the range proof lacks a " + what + " hash");
        }
        return hashes.next();
    }

    private static void requireEnd(Iterator<Hash> hashes, String what) {
        if (hashes.hasNext()) {
            throw new IllegalArgumentException("the range proof has a " + what + " hash too many");
        }
    }
}
