package dev.ronde.finding.waiver;

import dev.ronde.catalogue.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One acceptance of one failure ({@code checks.md}, Waivers).
 *
 * @param waiverNumber its ref is {@code W-<number>}
 * @param assertions ids of the assertions that failed, comma separated
 * @param boundTo fingerprint of the accepted failure; other facts fail again
 * @param severity code of the severity that was accepted; a worse one fails again
 * @param compensatingCheck while this check does not pass on the asset, the waiver is suspended
 * @param fromOn first day, in UTC
 * @param untilOn last day, inclusive, in UTC
 * @param renewals how many approved waivers of the same asset and check came before
 * @param requestedBy reference of the person or token; whoever decides is another
 * @param approved the decision, null while there is none
 * @param expiredAt when its end was recorded
 * @param recordId its {@code waiver.requested} record
 */
public record Waiver(
        UUID id,
        long waiverNumber,
        UUID assetId,
        String checkId,
        UUID findingId,
        String assertions,
        String boundTo,
        String severity,
        String category,
        @Nullable String compensatingCheck,
        String reason,
        @Nullable String ticket,
        LocalDate fromOn,
        LocalDate untilOn,
        int renewals,
        String requestedBy,
        Instant requestedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable Boolean approved,
        @Nullable String revokedBy,
        @Nullable Instant revokedAt,
        @Nullable Instant expiredAt,
        UUID recordId,
        long version) {
    /** Leads approve this many renewals; later ones need an administrator. */
    static final int RENEWALS_OF_LEADS = 2;

    static boolean needsAdmin(int renewals) {
        return renewals > RENEWALS_OF_LEADS;
    }

    private static final String PREFIX = "W-";

    public String ref() {
        return ref(waiverNumber);
    }

    static String ref(long number) {
        return PREFIX + number;
    }

    static long number(String ref) {
        return ref.matches("W-[0-9]{1,15}") ? Long.parseLong(ref.substring(PREFIX.length())) : -1;
    }

    List<String> assertionIds() {
        return assertions.isEmpty() ? List.of() : List.of(assertions.split(",", -1));
    }

    /** Whether a failure of this severity is no worse than the accepted one. */
    boolean bears(Severity present) {
        return present.compareTo(Severity.find(severity).orElseThrow()) <= 0;
    }

    /**
     * What it is worth.
     *
     * @param today the day in UTC
     * @param holds whether the present failure has the accepted facts and what compensates it passes
     */
    public WaiverState stateOn(LocalDate today, boolean holds) {
        if (revokedAt != null) {
            return WaiverState.REVOKED;
        } else if (Boolean.FALSE.equals(approved)) {
            return WaiverState.DENIED;
        } else if (today.isAfter(untilOn)) {
            return WaiverState.EXPIRED;
        } else if (approved == null) {
            return WaiverState.REQUESTED;
        } else if (today.isBefore(fromOn)) {
            return WaiverState.UPCOMING;
        }
        return holds ? WaiverState.ACTIVE : WaiverState.SUSPENDED;
    }
}
