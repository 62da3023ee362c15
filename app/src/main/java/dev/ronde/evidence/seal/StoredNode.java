package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;

/** A subtree root as it lies in the database. */
record StoredNode(int nodeLevel, long idx, Hash hash) {}
