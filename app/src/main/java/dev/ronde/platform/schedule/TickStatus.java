package dev.ronde.platform.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a tick last ran.
 *
 * @param nextRunAt when its daily work is next due; null for plain ticks
 * @param lastError what stopped its last run; null where it went well
 */
public record TickStatus(
        String name,
        @Nullable Instant lastRunAt,
        @Nullable Instant nextRunAt,
        @Nullable String lastError) {}
