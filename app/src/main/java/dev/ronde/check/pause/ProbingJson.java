package dev.ronde.check.pause;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the stop and maintenance windows look over HTTP and on pages. */
final class ProbingJson {
    private ProbingJson() {}

    /**
     * Whether every probe is stopped.
     *
     * @param since when it began, UTC; this and what follows null where probes run
     */
    public record Status(
            boolean stopped,
            @Nullable Instant since,
            @Nullable String by,
            @Nullable String reason) {
        static Status of(@Nullable ProbePause stop, @Nullable String by) {
            return stop == null
                    ? new Status(false, null, null, null)
                    : new Status(true, stop.startsAt(), by, stop.reason());
        }
    }

    /**
     * A maintenance window.
     *
     * @param asset ref of the asset, null for all
     * @param state {@code planned}, {@code holding}, {@code over} or {@code ended} (by somebody, early)
     */
    public record Window(
            UUID id,
            @Nullable String asset,
            Instant from,
            @Nullable Instant until,
            String reason,
            String state,
            String createdBy,
            Instant createdAt,
            @Nullable String endedBy,
            @Nullable Instant endedAt) {
        static Window of(ProbePause pause, @Nullable String asset, Instant now) {
            return new Window(
                    pause.id(),
                    asset,
                    pause.startsAt(),
                    pause.endsAt(),
                    pause.reason(),
                    state(pause, now),
                    pause.createdBy(),
                    pause.createdAt(),
                    pause.liftedBy(),
                    pause.liftedAt());
        }

        private static String state(ProbePause pause, Instant now) {
            if (pause.liftedAt() != null) {
                return "ended";
            }
            if (pause.holdsAt(now)) {
                return "holding";
            }
            return now.isBefore(pause.startsAt()) ? "planned" : "over";
        }
    }
}
