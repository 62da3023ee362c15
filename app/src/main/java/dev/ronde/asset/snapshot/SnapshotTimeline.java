package dev.ronde.asset.snapshot;

import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.timeline.TimelineEntry;
import dev.ronde.asset.timeline.TimelineSource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Puts every new configuration on the timeline of its asset, and every time in which the newest could not be read. */
public record SnapshotTimeline(Snapshots snapshots) implements TimelineSource {
    @Override
    public List<TimelineEntry> entries(Handle handle, Asset asset, Instant atOrBefore, int limit) {
        return Stream.concat(
                        snapshots.listUntil(handle, asset.id(), atOrBefore, limit).stream()
                                .map(snapshot -> entry(asset, snapshot)),
                        snapshots.refusals().listUntil(handle, asset.id(), atOrBefore, limit).stream()
                                .map(SnapshotTimeline::entry))
                .toList();
    }

    private static TimelineEntry entry(Refusal refusal) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("source", refusal.source());
        data.put("code", refusal.code());
        data.put("pointer", refusal.place());
        data.put("collected_at", refusal.collectedAt());
        data.put("times", refusal.times());
        data.put("last_at", refusal.lastAt());
        data.put("ended_at", refusal.endedAt());
        return new TimelineEntry(
                refusal.firstAt(),
                refusal.id().toString(),
                "snapshot.refused",
                "asset.refused." + refusal.code(),
                List.of(refusal.source()),
                refusal.actorRef(),
                null,
                data);
    }

    private static TimelineEntry entry(Asset asset, Snapshot.Row snapshot) {
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
