package dev.ronde.review;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The second person's part. All null where the plan asks for none, and again once an attestation is taken back or refused.
 *
 * @param approval one of {@link #PENDING} and {@link #APPROVED}
 * @param approver reference of who approved, as evidence has it
 */
public record Approval(
        @Nullable String approval,
        @Nullable String approver,
        @Nullable String approverName,
        @Nullable Instant approvedAt,
        @Nullable String approvalNote) {

    public static final String PENDING = "pending";

    public static final String APPROVED = "approved";

    public static final Approval NONE = new Approval(null, null, null, null, null);

    /** True while a second person must still look at the attestation. */
    public boolean pending() {
        return PENDING.equals(approval);
    }
}
