package dev.ronde.asset.timeline;

import dev.ronde.asset.field.AssetField;
import dev.ronde.asset.inventory.Asset;
import dev.ronde.asset.inventory.AssetVersion;
import dev.ronde.asset.inventory.Assets;
import dev.ronde.platform.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What happened to an asset, newest first: its own changes, and what other rooms add. */
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

    public void addSource(TimelineSource source) {
        sources.add(source);
    }

    /**
     * The next entries after one, newest first.
     *
     * @param afterId id of the last entry shown at {@code at}; empty for the first page
     */
    public List<TimelineEntry> list(Handle handle, Asset asset, Instant at, String afterId, int limit) {
        return list(handle, asset, at, afterId, limit, entry -> true);
    }

    public List<TimelineEntry> list(
            Handle handle, Asset asset, Instant at, String afterId, int limit, Predicate<TimelineEntry> wanted) {
        List<TimelineEntry> all = new ArrayList<>();
        for (TimelineSource source : sources) {
            all.addAll(source.entries(handle, asset, at, limit + 50));
        }
        return all.stream()
                .filter(wanted)
                .filter(entry -> entry.at().isBefore(at)
                        || afterId.isEmpty()
                        || entry.id().compareTo(afterId) < 0)
                .sorted(NEWEST)
                .limit(limit)
                .toList();
    }

    public List<TimelineEntry> translated(Handle handle, List<TimelineEntry> entries, Locale language) {
        List<TimelineEntry> told = entries;
        for (TimelineSource source : sources) {
            told = source.translated(handle, told, language);
        }
        return told;
    }

    private List<TimelineEntry> changes(Handle handle, Asset asset, Instant at, int limit) {
        List<AssetVersion> versions = assets.historyUntil(handle, asset.id(), at, limit + 1);
        List<TimelineEntry> entries = new ArrayList<>();
        for (int index = 0; index < Math.min(limit, versions.size()); index++) {
            AssetVersion before = index + 1 < versions.size() ? versions.get(index + 1) : null;
            entries.add(entry(versions.get(index), before));
        }
        return entries;
    }

    private TimelineEntry entry(AssetVersion version, @Nullable AssetVersion before) {
        String type = version.what().equals("restored") ? "asset.updated" : "asset." + version.what();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("rev", version.rev());
        data.put("changed", version.fields());
        if (before != null && version.what().equals("updated")) {
            data.put("before", some(before, version.fields()));
            data.put("after", some(version, version.fields()));
        }
        return new TimelineEntry(
                version.recordedAt(),
                version.recId().toString(),
                type,
                "asset.timeline." + version.what(),
                List.of(String.join(", ", version.fields())),
                version.actorRef(),
                null,
                data);
    }

    private Map<String, String> some(AssetVersion version, List<String> fields) {
        JsonNode state = Json.tree(version.state());
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : fields) {
            JsonNode value = state.get(field);
            if (value != null) {
                boolean person =
                        AssetField.ofJson(field).map(AssetField::person).orElse(false);
                values.put(field, person ? assets.actorName(value.asString("")) : plain(value));
            }
        }
        return values;
    }

    private static String plain(JsonNode value) {
        if (!value.isArray()) {
            return value.asString("");
        }
        List<String> items = new ArrayList<>();
        value.forEach(item -> items.add(item.asString("")));
        return String.join(", ", items);
    }
}
