package dev.ronde.evidence.export;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A finished bundle.
 *
 * @param exportId also the id of the job that made it
 * @param sha256 of the ZIP, hex
 * @param fromOn first day, UTC
 * @param untilOn last day, UTC
 * @param scope {@code all}, or frameworks and assets
 * @param leaves places of the log in the bundle
 * @param disclosed how many of them with their text
 * @param requestedBy actor ref
 */
public record EvidenceExport(
        UUID exportId,
        String fileName,
        String sha256,
        long sizeBytes,
        LocalDate fromOn,
        LocalDate untilOn,
        String scope,
        long treeSize,
        long leaves,
        long disclosed,
        String requestedBy,
        Instant createdAt) {}
