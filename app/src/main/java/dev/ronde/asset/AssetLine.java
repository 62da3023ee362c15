package dev.ronde.asset;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * One asset in a list.
 *
 * @param more what other rooms say of it, by the name of their column
 */
public record AssetLine(
        Asset asset, @Nullable PersonLabel owner, @Nullable PersonLabel backup, Map<String, Object> more) {
    /** The lines of these assets, with every column filled. */
    static List<AssetLine> of(Handle handle, List<Asset> assets, List<AssetColumn> columns, Instant now) {
        AssetPeople people = AssetPeople.of(handle, assets);
        Map<UUID, Map<String, Object>> more = new HashMap<>();
        assets.forEach(asset -> more.put(asset.id(), new HashMap<>()));
        columns.forEach(column -> column.values(handle, assets, now)
                .forEach((id, value) ->
                        more.computeIfAbsent(id, missing -> new HashMap<>()).put(column.name(), value)));
        return assets.stream()
                .map(asset -> new AssetLine(
                        asset,
                        people.label(asset.ownerId()),
                        people.label(asset.backupId()),
                        more.getOrDefault(asset.id(), Map.of())))
                .toList();
    }
}
