package dev.ronde.evidence.seal;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One place of the log with the record that stands there; {@code payload} is missing where the record is, or was purged. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record LeafRow(
        long idx,
        UUID recId,
        byte[] leafHash,
        byte @Nullable [] payload,
        byte @Nullable [] recordHash,
        String recType) {}
