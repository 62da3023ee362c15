package dev.ronde.finding.waiver;

import dev.ronde.catalogue.Severity;
import dev.ronde.platform.text.Worded;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
    public State stateOn(LocalDate today, boolean holds) {
        if (revokedAt != null) {
            return State.REVOKED;
        } else if (Boolean.FALSE.equals(approved)) {
            return State.DENIED;
        } else if (today.isAfter(untilOn)) {
            return State.EXPIRED;
        } else if (approved == null) {
            return State.REQUESTED;
        } else if (today.isBefore(fromOn)) {
            return State.UPCOMING;
        }
        return holds ? State.ACTIVE : State.SUSPENDED;
    }

    /** What a waiver is worth at a moment; derived, never stored. */
    public enum State implements Worded {
        /** Waits for a decision. */
        REQUESTED,
        /** Was refused. */
        DENIED,
        /** Approved, but its first day is ahead. */
        UPCOMING,
        /** Covers the failure. */
        ACTIVE,
        /** Approved and in time, but the facts are others than those accepted, or the compensating check does not pass. */
        SUSPENDED,
        /** Its last day is over. */
        EXPIRED,
        /** Was taken back. */
        REVOKED;
    }

    public enum Category {
        /** The risk is known and borne. */
        ACCEPTED_RISK("accepted-risk"),
        /** Something else protects the asset; the check of it may be named. */
        COMPENSATING_CONTROL("compensating-control"),
        /** The check is wrong about this asset. */
        FALSE_POSITIVE("false-positive");

        private final String code;

        Category(String code) {
            this.code = code;
        }

        public String code() {
            return code;
        }

        static Optional<Category> find(String code) {
            return Arrays.stream(values())
                    .filter(category -> category.code.equals(code))
                    .findFirst();
        }
    }

    /**
     * What somebody asks for; {@link WaiverRules} says whether it may be asked.
     *
     * @param assertions the failing assertions meant, null for all that fail now
     * @param from first day in UTC, null for today
     * @param until last day in UTC, inclusive
     * @param compensatingCheck a check of the same asset that must keep passing
     */
    public record Draft(
            @Nullable List<String> assertions,
            @Nullable String category,
            @Nullable String reason,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable String compensatingCheck,
            @Nullable String ticket) {}
}
