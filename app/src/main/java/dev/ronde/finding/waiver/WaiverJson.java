package dev.ronde.finding.waiver;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A waiver as the API and the pages show it.
 *
 * @param id what addresses take; the ref again
 * @param state see {@link Waiver.State}
 * @param suspendedBy what suspends it at the moment: {@code other_facts}, a worse {@code severity} than was accepted, {@code approver} who
 *     is no lead any more, or {@code compensating_check}; null where nothing does
 */
public record WaiverJson(
        String id,
        String ref,
        String state,
        @Nullable String suspendedBy,
        String asset,
        String assetName,
        String check,
        UUID finding,
        List<String> assertions,
        String boundTo,
        String severity,
        String category,
        @Nullable String compensatingCheck,
        String reason,
        @Nullable String ticket,
        LocalDate from,
        LocalDate until,
        int renewals,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String revokedBy,
        @Nullable Instant revokedAt,
        long version) {}
