package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.GuardFile;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.evidence.ledger.Merkle;
import java.nio.file.Path;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Compares the database with this node's guard file (evidence.md L7, L11). */
public final class LedgerGuard {
    private final GuardFile file;

    public LedgerGuard(Path file) {
        this.file = new GuardFile(file);
    }

    /** What is wrong, in a sentence for doctor and the banner; empty where sealing may go on. */
    public Optional<String> alarm(Handle handle) {
        try {
            check(handle);
            return Optional.empty();
        } catch (LedgerBehind | LedgerDamaged | IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Throws {@link LedgerBehind} unless the head extends what this node has seen. */
    void check(Handle handle) {
        // The mark first: the head may only grow after it was read.
        Optional<GuardFile.Mark> mark = file.read();
        check(handle, handle.attach(SealDao.class).getHead(), mark);
    }

    /** Throws {@link LedgerBehind} unless the head, which the caller has locked, extends what this node has seen. */
    void check(Handle handle, HeadRow head) {
        check(handle, head, file.read());
    }

    private void check(Handle handle, HeadRow head, Optional<GuardFile.Mark> mark) {
        if (mark.isEmpty()) {
            return;
        }
        long seen = mark.get().size();
        if (head.treeSize() < seen) {
            throw new LedgerBehind(
                    "The ledger went backwards: it holds " + head.treeSize() + " records, but this node has seen "
                            + seen
                            + " sealed. An older backup was restored. Sealing has stopped; new records wait. Restore the newest backup, or keep "
                            + file.path() + " and ask the auditor before anything else.");
        }
        Hash root = head.treeSize() == seen ? head.rootHash() : new Merkle(new StoredTree(handle)).root(seen);
        if (!root.equals(mark.get().root())) {
            throw new LedgerBehind(
                    "The ledger is another one: at " + seen + " records its root differs from the one in " + file.path()
                            + ". Sealing has stopped; new records wait.");
        }
    }

    /**
     * Takes over what left the house, on a machine that has seen nothing sealed yet: from now on the log must extend it.
     * A larger mark of this machine stays.
     */
    public void accept(long size, Hash root) {
        remember(new GuardFile.Mark(size, root));
    }

    void remember(GuardFile.Mark mark) {
        if (file.read().map(old -> old.size() < mark.size()).orElse(true)) {
            file.write(mark);
        }
    }
}
