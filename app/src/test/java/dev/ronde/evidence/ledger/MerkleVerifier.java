package dev.ronde.evidence.ledger;

import java.util.List;

/** Checks proofs, strict on lengths: RFC 9162 §2.1.3.2 and §2.1.4.2. */
public final class MerkleVerifier {
    private MerkleVerifier() {}

    /** True if {@code proof} shows {@code leaf} at {@code index} of the tree with {@code size} leaves and {@code root}. */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long position = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : proof) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                hash = Hash.node(sibling, hash);
                while ((position & 1) == 0 && position != 0) {
                    position >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Hash.node(hash, sibling);
            }
            position >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** True if {@code proof} shows that the tree ({@code size}, {@code root}) extends ({@code earlier}, {@code earlierRoot}). */
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
