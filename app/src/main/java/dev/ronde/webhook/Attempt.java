package dev.ronde.webhook;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a message.
 *
 * @param status of the answer; null where none came
 * @param answer beginning of the answer, or why none came
 */
public record Attempt(
        @JsonIgnore UUID deliveryId,
        int number,
        Instant startedAt,
        long tookMs,
        @Nullable Integer status,
        String answer) {}
