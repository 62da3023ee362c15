package dev.ronde.review.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person states when closing a review. */
public enum AttestOutcome {
    /** Nothing changed since the last attestation, and it is still right. */
    NO_CHANGE,
    /** It changed, and every change is accepted; where no change is known, a note says what changed. */
    CHANGED_AND_ACCEPTED,
    NOT_APPLICABLE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AttestOutcome> of(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst();
    }
}
