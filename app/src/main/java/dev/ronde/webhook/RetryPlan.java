package dev.ronde.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** When a message that was not taken is sent again: ten attempts in about three days, as Standard Webhooks 1.0 suggests. */
final class RetryPlan {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private RetryPlan() {}

    /** The pause after that many attempts; empty where it was the last. */
    static Optional<Duration> after(int attempts) {
        return attempts <= PAUSES.size() ? Optional.of(PAUSES.get(attempts - 1)) : Optional.empty();
    }
}
