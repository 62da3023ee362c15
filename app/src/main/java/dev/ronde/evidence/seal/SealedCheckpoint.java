package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.Hash;
import java.time.Instant;

/**
 * A signed head of the log.
 *
 * @param note the C2SP signed note
 * @param sealedAt when the last seal of this tree was recorded, UTC
 */
public record SealedCheckpoint(long treeSize, Hash rootHash, String note, String keyId, Instant sealedAt) {}
