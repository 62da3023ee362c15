package dev.ronde.review.planning;

import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Worded;
import org.jspecify.annotations.Nullable;

/** What becomes of the open reviews of a plan that retires. */
public enum OpenReviews implements Worded {
    FINISH,
    WITHDRAW;

    static OpenReviews of(@Nullable String word) {
        return switch (word == null ? "finish" : word) {
            case "finish" -> FINISH;
            case "withdraw" -> WITHDRAW;
            default -> throw Problem.invalid("/open", "bad_value", "Choose one of finish, withdraw.");
        };
    }
}
