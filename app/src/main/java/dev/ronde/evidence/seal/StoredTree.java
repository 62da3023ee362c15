package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.TreeSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Complete subtrees from the database: stored at levels 8, 16 and 24, folded from at most 255 hashes between them. */
public final class StoredTree implements TreeSource {
    /** Levels kept in {@code ledger_node}. */
    static final List<Integer> STORED = List.of(8, 16, 24);

    private final TreeDao dao;

    public StoredTree(Handle handle) {
        this.dao = handle.attach(TreeDao.class);
    }

    @Override
    public Hash subtree(int level, long index) {
        int base = Math.min(level, 24) / 8 * 8;
        int count = 1 << (level - base);
        long first = index << (level - base);
        List<Hash> hashes =
                base == 0 ? dao.listLeafHashes(first, first + count) : dao.listNodeHashes(base, first, first + count);
        if (hashes.size() != count) {
            throw new LedgerDamaged("the tree lacks hashes at level " + base + " from " + first + ": " + hashes.size()
                    + " of " + count);
        }
        while (hashes.size() > 1) {
            List<Hash> folded = new ArrayList<>(hashes.size() / 2);
            for (int i = 0; i < hashes.size(); i += 2) {
                folded.add(Hash.node(hashes.get(i), hashes.get(i + 1)));
            }
            hashes = folded;
        }
        return hashes.get(0);
    }
}
