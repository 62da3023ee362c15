package dev.ronde.review;

import java.util.Locale;

/** Where a review stands; derived from its facts, never stored. */
public enum ReviewState {
    /** Expected, not open yet. */
    SCHEDULED,
    /** Waiting for its owner. */
    OPEN,
    /** Its owner has received it; it proves nothing yet. */
    ACKNOWLEDGED,
    /** Closed by a named person's statement. */
    ATTESTED,
    /** Its window closed without an attestation. */
    MISSED,
    /** No longer expected; the row stays with the reason. */
    CANCELLED;

    /** True while somebody must act on it: open or acknowledged. */
    public boolean waiting() {
        return this == OPEN || this == ACKNOWLEDGED;
    }

    /** True while it is still to be done: expected, or waiting. */
    public boolean ahead() {
        return this == SCHEDULED || waiting();
    }

    /** The word of API, CSV and tables. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
