package dev.ronde.evidence.export;

import java.time.Instant;

/** A stored checkpoint. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record CheckpointRow(long treeSize, byte[] rootHash, String note, String keyId, Instant sealedAt) {}
