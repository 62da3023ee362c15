package dev.ronde.review.answer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a missed review is made good. */
public enum Recovery {
    /** The next slot stands and will be kept. */
    BACK_ON_SCHEDULE,
    /** The plan gets other dates. */
    NEW_SCHEDULE;

    /** The word of API and CSV. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The recovery of this word; empty for anything else. */
    public static Optional<Recovery> of(String word) {
        return Arrays.stream(values())
                .filter(recovery -> recovery.word().equals(word))
                .findFirst();
    }
}
