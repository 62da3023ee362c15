package dev.ronde.review.answer;

import dev.ronde.platform.text.Worded;
import java.util.Optional;

/** What a person states when closing a review. */
public enum AttestOutcome implements Worded {
    /** Nothing changed since the last attestation, and it is still right. */
    NO_CHANGE,
    /** It changed, and every change is accepted; where no change is known, a note says what changed. */
    CHANGED_AND_ACCEPTED,
    NOT_APPLICABLE;

    public static Optional<AttestOutcome> of(String word) {
        return Worded.find(AttestOutcome.class, word);
    }
}
