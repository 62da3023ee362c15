package dev.ronde.finding.waiver;

import java.util.Locale;

/** What a waiver is worth at a moment; derived, never stored. */
public enum WaiverState {
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

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
