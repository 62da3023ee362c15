package dev.ronde.evidence.export;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An erasable text of a record; salt and text are null once erased. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record PrivateText(
        long idx,
        String field,
        byte @Nullable [] salt,
        @Nullable String privateText,
        @Nullable Instant erasedAt) {}
