package dev.ronde.asset;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** One stream per asset: its changes, and what others add. Newest first. */
public final class Timeline {
    private static final Comparator<TimelineEntry> NEWEST = Comparator.comparing(TimelineEntry::at)
            .thenComparing(TimelineEntry::id)
            .reversed();

    private final Assets assets;
    private final List<TimelineSource> sources = new CopyOnWriteArrayList<>();

    public Timeline(Assets assets) {
        this.assets = assets;
        sources.add(this::changes);
    }

    /** Adds what another room knows. */
    public void addSource(TimelineSource source) {
        sources.add(source);
    }

    /**
     * The next entries after one, newest first.
     *
     * @param afterId id of the last entry shown at {@code at}; empty for the first page
     */
    public List<TimelineEntry> list(Handle handle, Asset asset, Instant at, String afterId, int limit) {
        List<TimelineEntry> all = new ArrayList<>();
        for (TimelineSource source : sources) {
            all.addAll(source.entries(handle, asset, at, limit + 50));
        }
        return all.stream()
                .filter(entry -> entry.at().isBefore(at)
                        || afterId.isEmpty()
                        || entry.id().compareTo(afterId) < 0)
                .sorted(NEWEST)
                .limit(limit)
                .toList();
    }

    private List<TimelineEntry> changes(Handle handle, Asset asset, Instant at, int limit) {
        return assets.historyUntil(handle, asset.id(), at, limit).stream()
                .map(Timeline::entry)
                .toList();
    }

    private static TimelineEntry entry(AssetVersion version) {
        String type = version.what().equals("restored") ? "asset.updated" : "asset." + version.what();
        return new TimelineEntry(
                version.recordedAt(),
                version.recId().toString(),
                type,
                "asset.timeline." + version.what(),
                List.of(String.join(", ", version.fields())),
                version.actorRef(),
                null,
                Map.of("rev", version.rev(), "changed", version.fields()));
    }
}
