package dev.ronde.asset.snapshot;

import dev.ronde.asset.Asset;
import dev.ronde.asset.TimelineEntry;
import dev.ronde.asset.TimelineSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Puts every new configuration on the timeline of its asset. */
public final class SnapshotTimeline implements TimelineSource {
    private final Snapshots snapshots;

    public SnapshotTimeline(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        return snapshots.listUntil(handle, asset.id(), atOrBefore, limit).stream()
                .map(snapshot -> entry(asset, snapshot))
                .toList();
    }

    private static TimelineEntry entry(Asset asset, Snapshot snapshot) {
        return new TimelineEntry(
                snapshot.receivedAt(),
                snapshot.id().toString(),
                "snapshot.received",
                "asset.timeline.snapshot",
                List.of(snapshot.source(), snapshot.digest().substring(7, 19)),
                null,
                "/assets/" + asset.ref() + "/diff?to=" + snapshot.id(),
                Map.of("source", snapshot.source(), "digest", snapshot.digest()));
    }
}
