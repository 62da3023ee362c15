package dev.ronde.check.pause;

import dev.ronde.check.probe.ProbeFailure;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nothing may be probed: a maintenance window has an end, the stop of every probe has none.
 *
 * @param assetId the asset it is about, null for all
 * @param asset ref of that asset
 * @param startsAt when it begins, UTC
 * @param endsAt when it ends by itself, UTC; null for the stop, which holds until it is lifted
 * @param liftedAt when somebody ended it, UTC; null for nobody
 */
public record ProbePause(
        UUID id,
        @Nullable UUID assetId,
        @Nullable String asset,
        Instant startsAt,
        @Nullable Instant endsAt,
        String reason,
        String createdBy,
        Instant createdAt,
        @Nullable String liftedBy,
        @Nullable Instant liftedAt) {

    public boolean holdsAt(Instant now) {
        return liftedAt == null && !now.isBefore(startsAt) && (endsAt == null || now.isBefore(endsAt));
    }

    public boolean stop() {
        return endsAt == null;
    }

    boolean covers(UUID asset) {
        return assetId == null || assetId.equals(asset);
    }

    public ProbeFailure failure() {
        return stop() ? ProbeFailure.PROBING_STOPPED : ProbeFailure.MAINTENANCE;
    }

    /** When a check that may not run now is due again, where its own cadence says {@code next}. */
    @Nullable
    public Instant again(@Nullable Instant next) {
        return next == null || endsAt == null || next.isBefore(endsAt) ? next : endsAt;
    }

    /** {@code planned}, {@code holding}, {@code over} or {@code ended} (by somebody, early). */
    String stateAt(Instant now) {
        if (liftedAt != null) {
            return "ended";
        }
        if (holdsAt(now)) {
            return "holding";
        }
        return now.isBefore(startsAt) ? "planned" : "over";
    }
}
