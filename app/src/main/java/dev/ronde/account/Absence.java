package dev.ronde.account;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A leave: both days are included and are days of the person's zone.
 *
 * @param endedAt when it was called off or cut short; null while it holds
 */
public record Absence(
        UUID id,
        UUID personId,
        LocalDate fromOn,
        LocalDate untilOn,
        @Nullable String note,
        Instant createdAt,
        String createdBy,
        @Nullable Instant endedAt) {}
