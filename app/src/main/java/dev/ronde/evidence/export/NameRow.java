package dev.ronde.evidence.export;

import org.jspecify.annotations.Nullable;

/** A record that says what somebody is called: a person's in the text behind a commitment, a token's in itself. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record NameRow(
        long idx,
        byte[] payload,
        byte @Nullable [] salt,
        @Nullable String privateText) {}
