package dev.ronde.review.file;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One file of a review, added on its page, by API, or with an answer by mail.
 *
 * @param sha256 64 hex digits; also its address
 * @param fileName as its bringer called it, cleaned
 * @param mediaType what was found out, not what was said
 * @param fileSize in bytes
 */
public record ReviewFile(
        UUID id,
        UUID reviewId,
        String sha256,
        String fileName,
        String mediaType,
        long fileSize,
        Instant addedAt,
        String addedBy,
        @Nullable String addedByName,
        String channel,
        UUID recordId) {}
