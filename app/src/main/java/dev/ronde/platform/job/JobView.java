package dev.ronde.platform.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

public record JobView(
        UUID id,
        String kind,
        String state,
        long done,
        long total,
        long failed,
        @Nullable String resultUrl,
        @Nullable String error,
        String startedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    public static JobView of(Job job) {
        return new JobView(
                job.id(),
                job.kind(),
                job.state(),
                job.done(),
                job.total(),
                job.failed(),
                job.resultUrl(),
                job.error(),
                job.startedBy(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt());
    }
}
