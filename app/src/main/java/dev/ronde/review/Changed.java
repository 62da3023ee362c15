package dev.ronde.review;

import dev.ronde.platform.problem.Problem;

/** What a versioned update must have done. */
public final class Changed {

    private Changed() {}

    /**
     * Passes when one row was changed.
     *
     * @throws Problem 409 when somebody else was first
     */
    public static void once(int rows, Review seen) {
        if (rows != 1) {
            throw Problem.conflict(
                    "review_changed",
                    seen.ref()
                            + " was changed by somebody else a moment ago. Read it again and decide on what it says now.");
        }
    }
}
