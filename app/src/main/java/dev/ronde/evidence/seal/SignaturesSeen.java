package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;

/**
 * How many checkpoints, from the first on, this process has seen well signed, as a chain of hashes over their rows. The same rows need no
 * second look at what their notes say and who signed it, by far the dearest part of a verification; kept in memory only.
 */
record SignaturesSeen(long count, Hash chain) {
    static final SignaturesSeen NONE = new SignaturesSeen(0, Hash.EMPTY);

    SignaturesSeen with(SealedCheckpoint next) {
        return new SignaturesSeen(
                count + 1,
                Hash.sha256(chain.hex() + " " + next.treeSize() + " "
                        + next.rootHash().hex() + " " + next.note()));
    }
}
