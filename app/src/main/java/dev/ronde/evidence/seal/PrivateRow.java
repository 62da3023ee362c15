package dev.ronde.evidence.seal;

import org.jspecify.annotations.Nullable;

/** An erasable text; salt and text are gone after an erasure. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record PrivateRow(
        long idx,
        String field,
        byte @Nullable [] salt,
        @Nullable String privateText) {}
