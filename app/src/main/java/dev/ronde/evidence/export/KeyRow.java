package dev.ronde.evidence.export;

import java.util.UUID;

/** A record at its place in the log. */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
record KeyRow(long idx, UUID recId, byte[] payload) {}
