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
}
