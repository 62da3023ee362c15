package dev.ronde.review.planning;

import dev.ronde.review.enrolment.Enrolments.Ended;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What retiring a plan did, or would do.
 *
 * @param done null for a plan that was retired before: nothing changed
 */
public record Retirement(OpenReviews open, @Nullable Ended done) {
    private static final Ended NOTHING = new Ended(0, 0, 0, 0, 0);

    public boolean changed() {
        return done != null;
    }

    public Ended ended() {
        return Objects.requireNonNullElse(done, NOTHING);
    }
}
