package dev.ronde.review;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One asset under one plan.
 *
 * @param enrolledOn day in the plan's zone; no slot before it exists
 * @param slots how many rows it has had
 * @param lastSlotOn the newest slot that has its row
 * @param endedAt when the asset retired or left the scope; null while it is enrolled
 */
record Enrolment(
        UUID id,
        String planId,
        UUID assetId,
        LocalDate enrolledOn,
        int slots,
        @Nullable LocalDate lastSlotOn,
        @Nullable Instant endedAt,
        @Nullable String endReason) {}
