package dev.ronde.evidence.seal;

import dev.ronde.evidence.ledger.VerifierKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What the daily checkpoint mail tells the auditors (evidence.md L10): a copy of the head outside the operator's reach.
 *
 * @param note the signed checkpoint, to be sent as plain text exactly as it is
 * @param treeSize records covered
 * @param rootStart first 16 hex digits of the root, as in report footers
 * @param sealedAt when the head was sealed, UTC
 * @param verifierKey the vkey line the auditor already has
 * @param newSince records since the last checkpoint that was mailed
 * @param alarm why sealing has stopped, where it has
 */
public record CheckpointDigest(
        String note,
        long treeSize,
        String rootStart,
        Instant sealedAt,
        String verifierKey,
        long newSince,
        Optional<String> alarm) {

    static CheckpointDigest of(SealedCheckpoint head, VerifierKey key, long mailedSize, Optional<String> alarm) {
        return new CheckpointDigest(
                head.note(),
                head.treeSize(),
                head.rootHash().hex().substring(0, 16),
                head.sealedAt(),
                key.encoded(),
                head.treeSize() - mailedSize,
                alarm);
    }
}
