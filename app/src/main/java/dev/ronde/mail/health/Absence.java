package dev.ronde.mail.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hint that somebody is away, from the answer of their absence assistant. It stops and moves nothing; the leads see it, and the backup
 * owner hears of what the owner is reminded of meanwhile.
 *
 * @param untilOn absent where the answer named no day
 */
public record Absence(
        UUID personId, LocalDate fromOn, @Nullable LocalDate untilOn, Instant notedAt) {

    /** {@code day} is a day in the person's zone. */
    public boolean covers(LocalDate day) {
        return untilOn == null || !untilOn.isBefore(day);
    }
}
