package dev.ronde.asset;

import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.evidence.state.SubjectTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What the records say of assets. */
public final class RecordedAssets {
    private RecordedAssets() {}

    /** The tables of the room that follow from records. */
    public static List<StateSource> sources() {
        return List.of(new SubjectTable(
                "asset",
                "asset",
                Set.of("asset.created", "asset.updated", "asset.retired", "asset.scope-changed"),
                new UUID(0, 0).toString(),
                RecordedAssets::rows,
                (handle, limit) -> handle.attach(RecordedAssetDao.class).listLost(limit),
                SubjectTable::newest));
    }

    private static List<StateRow> rows(Handle handle, String after, int limit) {
        List<Asset> assets = handle.attach(RecordedAssetDao.class).listAfter(UUID.fromString(after), limit);
        AssetPeople people = AssetPeople.of(handle, assets);
        return assets.stream().map(asset -> row(asset, people)).toList();
    }

    private static StateRow row(Asset asset, AssetPeople people) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (AssetField field : AssetField.values()) {
            if (field != AssetField.NOTES) {
                fields.put(field.json(), null);
            }
        }
        fields.put("retired_at", null);
        fields.putAll(AssetConversion.state(asset, people));
        return new StateRow(asset.id().toString(), AssetWriter.subject(asset).id(), asset.ref(), fields);
    }
}
