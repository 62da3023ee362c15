package dev.ronde.review.estate;

import org.jspecify.annotations.Nullable;

/**
 * What a check says about the asset now.
 *
 * @param outcome pass, fail, error, unknown or not_applicable
 * @param stale true when the result is too old to count
 * @param run id of the check run; null where it never ran
 * @param record id of its evidence record
 */
public record CheckState(
        String check,
        String outcome,
        boolean stale,
        String severity,
        @Nullable String run,
        @Nullable String record) {

    public boolean failing() {
        return !stale && outcome.equals("fail");
    }
}
