package dev.ronde.evidence.export;

import dev.ronde.evidence.ledger.Hash;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A time stamp (RFC 3161) as it goes into a bundle.
 *
 * @param note the signed checkpoint it is over
 * @param query the request, DER
 * @param response the answer, DER
 * @param generatedAt the time in the token, UTC
 */
@SuppressWarnings("ArrayRecordComponent") // a row, never compared
public record StampFile(Hash rootHash, String note, long treeSize, byte[] query, byte[] response, Instant generatedAt) {
    /** Of its three files, without their ends. */
    String name() {
        return LocalDate.ofInstant(generatedAt, ZoneOffset.UTC) + "_n" + treeSize;
    }
}
