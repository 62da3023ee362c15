package dev.ronde.platform.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A background job as stored, and as the API shows it.
 *
 * @param state queued, running, done, failed or cancelled
 * @param params JSON its kind understands
 */
public record Job(
        UUID id,
        String kind,
        @JsonIgnore String params,
        String state,
        long done,
        long total,
        long failed,
        @Nullable String resultUrl,
        @Nullable String error,
        String startedBy,
        @JsonIgnore boolean cancelRequested,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @JsonIgnore int attempts) {
    public boolean finished() {
        return finishedAt != null;
    }
}
