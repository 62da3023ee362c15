package dev.ronde.evidence.ledger;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a growing tree: the roots of its complete subtrees, largest first; at most 63 hashes. */
public final class Frontier {
    private final List<Hash> edges = new ArrayList<>();
    private long size;

    public static Frontier of(TreeSource source, long size) {
        Frontier frontier = new Frontier();
        long low = 0;
        for (int level = 62; level >= 0; level--) {
            if ((size >>> level & 1) == 1) {
                frontier.edges.add(source.subtree(level, low >>> level));
                low += 1L << level;
            }
        }
        frontier.size = size;
        return frontier;
    }

    /** Goes on from the roots of the complete subtrees that make up the first {@code size} leaves, largest first. */
    public static Frontier resume(long size, List<Hash> edges) {
        if (edges.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException(
                    size + " leaves have " + Long.bitCount(size) + " edges, not " + edges.size());
        }
        Frontier frontier = new Frontier();
        frontier.edges.addAll(edges);
        frontier.size = size;
        return frontier;
    }

    /** An independent copy. */
    public Frontier copy() {
        return resume(size, edges);
    }

    /** Called for each subtree that a leaf completes, smallest first. */
    @FunctionalInterface
    public interface Completed {
        void subtree(int level, long index, Hash hash);
    }

    /** Appends one leaf and reports every subtree of two or more leaves that it completes. */
    public void add(Hash leaf, Completed completed) {
        Hash hash = leaf;
        long index = size;
        for (int level = 1; (index & 1) == 1; level++) {
            hash = Hash.node(edges.remove(edges.size() - 1), hash);
            index >>>= 1;
            completed.subtree(level, index, hash);
        }
        edges.add(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public Hash root() {
        if (edges.isEmpty()) {
            return Hash.EMPTY;
        }
        Hash root = edges.get(edges.size() - 1);
        for (int i = edges.size() - 2; i >= 0; i--) {
            root = Hash.node(edges.get(i), root);
        }
        return root;
    }
}
