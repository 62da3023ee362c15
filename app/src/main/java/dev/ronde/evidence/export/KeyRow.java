package dev.ronde.evidence.export;

/** A {@code key.added} record at its place in the log. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record KeyRow(long idx, byte[] payload) {}
