package dev.ronde.evidence.seal;

import org.jspecify.annotations.Nullable;

/** A text behind a commitment of a record. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record PrivateRow(
        long idx,
        String field,
        byte @Nullable [] salt,
        @Nullable String privateText) {}
