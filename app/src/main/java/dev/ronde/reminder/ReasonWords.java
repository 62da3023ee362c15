package dev.ronde.reminder;

import java.util.Locale;
import java.util.Optional;

/** What the reasons of runs without a result mean. */
@FunctionalInterface
public interface ReasonWords {
    /** Returns what a reason means; empty for one that only a check file of the house knows. */
    Optional<String> of(String reason, Locale language);
}
