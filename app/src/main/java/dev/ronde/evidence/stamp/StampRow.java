package dev.ronde.evidence.stamp;

import java.time.Instant;

/**
 * A time stamp.
 *
 * @param treeSize of the checkpoint whose note it is over
 * @param query the request, DER
 * @param response the answer with the token, DER
 * @param generatedAt the time in the token, UTC
 */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
public record StampRow(long treeSize, byte[] query, byte[] response, Instant generatedAt) {}
