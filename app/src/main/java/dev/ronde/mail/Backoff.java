package dev.ronde.mail;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** How long to wait before the next attempt: 1, 5, 15, 60 minutes, 3, 6, 12, 24 hours, each ±20 % by the mail's id. */
final class Backoff {
    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1));

    private Backoff() {}

    /** @param attempts how many there were, from 1 */
    static Duration after(int attempts, UUID id) {
        Duration step = STEPS.get(Math.min(attempts, STEPS.size()) - 1);
        long percent = 80L + Math.floorMod(id.hashCode() + attempts * 31L, 41);
        return step.multipliedBy(percent).dividedBy(100);
    }
}
