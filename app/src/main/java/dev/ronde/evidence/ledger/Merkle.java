package dev.ronde.evidence.ledger;

import java.util.ArrayList;
import java.util.List;

/** Roots and proofs of an RFC 6962 tree, computed from the hashes of complete subtrees. */
public record Merkle(TreeSource source) {
    /** The root of the first {@code size} leaves; {@link Hash#EMPTY} for none. */
    public Hash root(long size) {
        return size == 0 ? Hash.EMPTY : root(0, size);
    }

    /** The inclusion proof of leaf {@code index} in the tree of {@code size} leaves, RFC 9162 §2.1.3.1, bottom first. */
    public List<Hash> inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("leaf " + index + " is not in a tree of " + size);
        }
        List<Hash> path = new ArrayList<>();
        inclusion(index, 0, size, path);
        return path;
    }

    /** The proof that the tree of {@code size} leaves extends the tree of {@code earlier} leaves, RFC 9162 §2.1.4.1. */
    public List<Hash> consistency(long earlier, long size) {
        if (earlier < 0 || earlier > size) {
            throw new IllegalArgumentException("a tree of " + size + " cannot extend one of " + earlier);
        }
        List<Hash> path = new ArrayList<>();
        if (earlier > 0 && earlier < size) {
            consistency(earlier, 0, size, true, path);
        }
        return path;
    }

    /** The proof that the leaves {@code [from, until)} are all that the tree of {@code size} leaves holds there. */
    public RangeProof range(long from, long until, long size) {
        if (from < 0 || from > until || until > size) {
            throw new IllegalArgumentException("[" + from + "," + until + ") is not in a tree of " + size);
        }
        RangeProof proof = new RangeProof(size, from, until, new ArrayList<>(), new ArrayList<>());
        if (size > 0) {
            cover(0, size, proof);
        }
        return proof;
    }

    private Hash root(long low, long high) {
        long count = high - low;
        if (Long.bitCount(count) == 1) {
            int level = Long.numberOfTrailingZeros(count);
            return source.subtree(level, low >>> level);
        }
        long middle = low + RangeProof.split(count);
        return Hash.node(root(low, middle), root(middle, high));
    }

    private void inclusion(long index, long low, long high, List<Hash> path) {
        if (high - low == 1) {
            return;
        }
        long middle = low + RangeProof.split(high - low);
        if (index < middle) {
            inclusion(index, low, middle, path);
            path.add(root(middle, high));
        } else {
            inclusion(index, middle, high, path);
            path.add(root(low, middle));
        }
    }

    private void consistency(long earlier, long low, long high, boolean known, List<Hash> path) {
        if (earlier == high) {
            if (!known) {
                path.add(root(low, high));
            }
            return;
        }
        long middle = low + RangeProof.split(high - low);
        if (earlier <= middle) {
            consistency(earlier, low, middle, known, path);
            path.add(root(middle, high));
        } else {
            consistency(earlier, middle, high, false, path);
            path.add(root(low, middle));
        }
    }

    private void cover(long low, long high, RangeProof proof) {
        if (high <= proof.from()) {
            proof.left().add(root(low, high));
        } else if (low >= proof.until()) {
            proof.right().add(root(low, high));
        } else if (low < proof.from() || high > proof.until()) {
            long middle = low + RangeProof.split(high - low);
            cover(low, middle, proof);
            cover(middle, high, proof);
        }
    }

    /** True if {@code proof} shows that the tree ({@code size}, {@code root}) extends ({@code earlier}, {@code earlierRoot}), RFC 9162 §2.1.4.2. */
    public static boolean isExtension(long earlier, Hash earlierRoot, long size, Hash root, List<Hash> proof) {
        if (earlier < 0 || earlier > size) {
            return false;
        }
        if (earlier == size) {
            return proof.isEmpty() && earlierRoot.equals(root);
        }
        if (earlier == 0) {
            return proof.isEmpty() && earlierRoot.equals(Hash.EMPTY);
        }
        boolean complete = Long.bitCount(earlier) == 1;
        if (!complete && proof.isEmpty()) {
            return false;
        }
        Hash start = complete ? earlierRoot : proof.get(0);
        return walk(earlier, earlierRoot, size, root, start, complete ? proof : proof.subList(1, proof.size()));
    }

    private static boolean walk(long earlier, Hash earlierRoot, long size, Hash root, Hash start, List<Hash> proof) {
        long first = earlier - 1;
        long second = size - 1;
        while ((first & 1) == 1) {
            first >>>= 1;
            second >>>= 1;
        }
        Hash old = start;
        Hash grown = start;
        for (Hash sibling : proof) {
            if (second == 0) {
                return false;
            }
            if ((first & 1) == 1 || first == second) {
                old = Hash.node(sibling, old);
                grown = Hash.node(sibling, grown);
                while ((first & 1) == 0 && first != 0) {
                    first >>>= 1;
                    second >>>= 1;
                }
            } else {
                grown = Hash.node(grown, sibling);
            }
            first >>>= 1;
            second >>>= 1;
        }
        return second == 0 && old.equals(earlierRoot) && grown.equals(root);
    }
}
