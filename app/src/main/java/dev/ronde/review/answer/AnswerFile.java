package dev.ronde.review.answer;

import java.time.Instant;
import java.util.UUID;

/**
 * A file somebody sent with an answer about a review.
 *
 * @param recordId the evidence record that holds it by its hash
 * @param name made safe when it arrived
 * @param sha256 hex
 */
public record AnswerFile(
        UUID id,
        UUID reviewId,
        UUID recordId,
        String name,
        String mediaType,
        long sizeBytes,
        String sha256,
        Instant keptAt) {}
