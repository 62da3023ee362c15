package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;

/** The root of a complete subtree of 256, 65,536 or 16,777,216 leaves. */
public record NodeRow(int level, long idx, Hash hash) {}
