package dev.ronde.mail.health;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hint that somebody is away, from the answer of their absence assistant. It stops and moves nothing.
 *
 * @param untilOn absent where the answer named no day
 */
public record Absence(
        UUID personId, LocalDate fromOn, @Nullable LocalDate untilOn, Instant notedAt) {}
