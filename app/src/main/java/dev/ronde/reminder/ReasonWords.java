package dev.ronde.reminder;

import java.util.Locale;
import java.util.Optional;

/** What the reasons of runs without a result mean. */
@FunctionalInterface
public interface ReasonWords {
    /** Empty for a reason that only the organisation's own check files know. */
    Optional<String> of(String reason, Locale language);
}
