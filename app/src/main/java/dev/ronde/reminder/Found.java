package dev.ronde.reminder;

import dev.ronde.catalogue.Severity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finding as its owner is told of it.
 *
 * @param remedy what to do, in one line; empty where the check does not say
 */
public record Found(
        UUID id,
        UUID assetId,
        @Nullable UUID ownerId,
        String asset,
        String assetName,
        String check,
        String title,
        String remedy,
        Severity severity,
        Instant firstBadAt,
        Instant detectedAt,
        boolean open) {}
