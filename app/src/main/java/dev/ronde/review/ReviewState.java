package dev.ronde.review;

import dev.ronde.platform.text.Worded;

/** Where a review stands; derived from its facts, never stored. */
public enum ReviewState implements Worded {
    /** Expected, not open yet. */
    SCHEDULED,
    /** Waiting for its owner. */
    OPEN,
    /** Its owner has received it; it proves nothing yet. */
    ACKNOWLEDGED,
    ATTESTED,
    /** Its window closed without an attestation. */
    MISSED,
    /** No longer expected; the row stays with the reason. */
    CANCELLED;

    public boolean waiting() {
        return this == OPEN || this == ACKNOWLEDGED;
    }

    public boolean ahead() {
        return this == SCHEDULED || waiting();
    }
}
