package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Checkpoint;
import dev.ronde.evidence.ledger.Frontier;
import dev.ronde.evidence.ledger.SignedNote;
import java.util.ArrayDeque;
import java.util.Deque;

/** Compares every stored checkpoint, in order, with the growing tree. */
final class CheckpointAudit {
    private static final int PAGE = 1_000;

    private final AuditDao dao;
    private final LedgerKeys keys;
    private final Faults faults;
    private final SignaturesSeen before;
    private SignaturesSeen seen = SignaturesSeen.NONE;
    private final Deque<SealedCheckpoint> waiting = new ArrayDeque<>();
    private long read;
    private boolean ended;

    /** @param before whose notes and signatures are not looked at again while their rows are the same */
    CheckpointAudit(AuditDao dao, LedgerKeys keys, Faults faults, SignaturesSeen before) {
        this.before = before;
        this.dao = dao;
        this.keys = keys;
        this.faults = faults;
    }

    void at(Frontier frontier) {
        SealedCheckpoint next = peek();
        if (next == null || next.treeSize() != frontier.size()) {
            return;
        }
        waiting.remove();
        if (!next.rootHash().equals(frontier.root())) {
            faults.add("checkpoint " + next.treeSize() + ": its root does not follow from the leaves");
        }
        requireSigned(next);
    }

    /** For the next pass; only use it if no fault was found. */
    SignaturesSeen seen() {
        return seen;
    }

    /** A checkpoint beyond the tree shows that its end was cut off. */
    void end(long size) {
        if (seen.count() < before.count()) {
            faults.add("checkpoints that were there before are gone");
        }
        SealedCheckpoint next = peek();
        if (next != null) {
            faults.add("checkpoint " + next.treeSize() + " is larger than the log, which has " + size + " leaves");
        }
    }

    private void requireSigned(SealedCheckpoint sealed) {
        seen = seen.with(sealed);
        if (seen.count() == before.count() && !seen.equals(before)) {
            faults.add("checkpoints are not the ones that were there before");
        }
        if (seen.count() <= before.count()) {
            return;
        }
        try {
            SignedNote note = SignedNote.parse(sealed.note());
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            boolean same = checkpoint.size() == sealed.treeSize()
                    && checkpoint.root().equals(sealed.rootHash())
                    && checkpoint.origin().equals(keys.origin());
            if (!same || !keys.haveSigned(note)) {
                faults.add("checkpoint " + sealed.treeSize() + ": the note is not signed by the ledger key");
            }
        } catch (IllegalArgumentException e) {
            faults.add("checkpoint " + sealed.treeSize() + ": " + e.getMessage());
        }
    }

    private @org.jspecify.annotations.Nullable SealedCheckpoint peek() {
        if (waiting.isEmpty() && !ended) {
            waiting.addAll(dao.listCheckpoints(read, PAGE));
            ended = waiting.size() < PAGE;
            SealedCheckpoint last = waiting.peekLast();
            read = last == null ? read : last.treeSize();
        }
        return waiting.peek();
    }
}
