package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;

/** The committed size and root of the log. */
record HeadRow(long treeSize, Hash rootHash) {}
