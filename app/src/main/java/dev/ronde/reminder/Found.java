package dev.ronde.reminder;

import dev.ronde.catalogue.Severity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A finding as its owner is told of it.
 *
 * @param check the id of the check that failed
 * @param title what was found, in words
 * @param remedy what to do, in one line; empty where the check does not say
 * @param open whether it still is open
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
