package dev.ronde.platform.http;

import dev.ronde.platform.problem.Problem;
import java.io.IOException;
import java.util.Optional;

/** A body that is not read to its end, whoever reads it: it is too long or comes too slowly. */
final class BodyRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    BodyRefused(Problem problem) {
        super(problem.text());
        this.problem = problem;
    }

    static Optional<Problem> in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyRefused refused) {
                return Optional.of(refused.problem);
            }
        }
        return Optional.empty();
    }
}
