package dev.ronde.review.estate;

import dev.ronde.asset.snapshot.Change;
import dev.ronde.asset.snapshot.ConfigState;
import dev.ronde.asset.snapshot.Snapshots;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Snapshots of the asset room and results of the check room, as reviews see them. */
public record AssetLooks(Snapshots snapshots, ChecksSeen checks) implements Looks {
    /** How many states to go back when looking for the start of a difference. */
    private static final int STATES = 200;

    @Override
    public Map<UUID, String> digests(Handle handle, Collection<UUID> assetIds) {
        return snapshots.digests(handle, assetIds);
    }

    @Override
    public List<Change> changes(
            Handle handle, UUID assetId, @Nullable String fromDigest, String toDigest, Locale locale) {
        try {
            return snapshots.changesToDecide(handle, assetId, fromDigest, toDigest, locale);
        } catch (Problem refused) {
            if (incomparable(refused)) {
                // that it cannot be compared is itself what must be accepted
                return List.of(new Change(NOT_COMPARABLE, Snapshots.notComparable(locale), null, null, "neutral"));
            }
            throw refused;
        }
    }

    @Override
    public List<Change> moved(Handle handle, UUID assetId, String fromDigest, String toDigest, Locale locale) {
        try {
            List<Change> moved = new ArrayList<>(snapshots.diffStates(handle, assetId, fromDigest, toDigest, locale));
            moved.removeAll(snapshots.changesToDecide(handle, assetId, fromDigest, toDigest, locale));
            return moved;
        } catch (Problem refused) {
            if (incomparable(refused)) {
                return List.of();
            }
            throw refused;
        }
    }

    @Override
    public Likeness likeness(Handle handle, UUID assetId, String fromDigest, String toDigest) {
        try {
            return snapshots.drifted(handle, assetId, fromDigest, toDigest) ? Likeness.DIFFERENT : Likeness.SAME;
        } catch (Problem refused) {
            if (incomparable(refused)) {
                return Likeness.UNKNOWN;
            }
            throw refused;
        }
    }

    /** One of two configurations is not kept any more, or different rules made them. */
    private static boolean incomparable(Problem refused) {
        return refused.status() == 404 || refused.code().equals("not_comparable");
    }

    @Override
    public Instant unchangedSince(Handle handle, UUID assetId) {
        return snapshots.states(handle, assetId, 1).stream()
                .map(ConfigState::recordedAt)
                .findFirst()
                .orElse(Instant.MIN);
    }

    @Override
    public Instant differentSince(Handle handle, UUID assetId, String digest, Instant enough) {
        Instant since = Instant.MAX;
        // a configuration that goes to and fro is in few states
        Map<String, Likeness> known = new HashMap<>();
        for (ConfigState state : snapshots.states(handle, assetId, STATES)) {
            Likeness likeness =
                    known.computeIfAbsent(state.digest(), present -> likeness(handle, assetId, digest, present));
            if (likeness == Likeness.SAME) {
                break;
            }
            since = state.recordedAt();
            if (!since.isAfter(enough)) {
                break;
            }
        }
        return since;
    }

    @Override
    public List<SourceLook> settings(Handle handle, UUID assetId, Locale locale) {
        return snapshots.latestBySource(handle, assetId).stream()
                .map(snapshot -> new SourceLook(
                        snapshot.source(),
                        snapshots.title(snapshot.source(), locale),
                        snapshot.lastSeenAt(),
                        snapshots.settings(snapshot, locale)))
                .toList();
    }

    @Override
    public ChecksSeen checks() {
        return checks;
    }
}
