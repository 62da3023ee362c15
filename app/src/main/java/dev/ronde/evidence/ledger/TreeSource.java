package dev.ronde.evidence.ledger;

import java.util.List;

/** Where the hashes of complete subtrees come from: a list of leaves, or the database. */
@FunctionalInterface
public interface TreeSource {
    /**
     * The root of the complete subtree of {@code 2^level} leaves that begins at leaf {@code index << level}.
     * The caller asks only for subtrees whose leaves all exist.
     */
    Hash subtree(int level, long index);

    static TreeSource of(List<Hash> leaves) {
        return new TreeSource() {
            @Override
            public Hash subtree(int level, long index) {
                return level == 0
                        ? leaves.get(Math.toIntExact(index))
                        : Hash.node(subtree(level - 1, index * 2), subtree(level - 1, index * 2 + 1));
            }
        };
    }
}
