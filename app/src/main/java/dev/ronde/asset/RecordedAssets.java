package dev.ronde.asset;

import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.evidence.state.SubjectTable;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What the records say of assets. */
public final class RecordedAssets {
    private static final List<String> LISTS = List.of(AssetField.TAGS.json(), AssetField.DECLARED_PORTS.json());

    private RecordedAssets() {}

    /** The tables of the room that follow from records. */
    public static List<StateSource> sources() {
        return List.of(new SubjectTable(
                "asset",
                "asset",
                Set.of("asset.created", "asset.updated", "asset.retired"),
                new UUID(0, 0).toString(),
                RecordedAssets::rows,
                (handle, limit) -> handle.attach(RecordedAssetDao.class).listLost(limit),
                RecordedAssets::asset));
    }

    private static List<StateRow> rows(Handle handle, String after, int limit) {
        return handle.attach(RecordedAssetDao.class).listAfter(UUID.fromString(after), limit).stream()
                .map(RecordedAssets::row)
                .toList();
    }

    /** What is stored as a list is one; what should be and is not stays as it is, which no record says. */
    private static StateRow row(StateRow stored) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(stored.fields());
        for (String list : LISTS) {
            fields.computeIfPresent(list, (name, text) -> listed(text.toString()));
        }
        return new StateRow(stored.place(), stored.subject(), stored.name(), fields);
    }

    private static @Nullable Object listed(String text) {
        try {
            List<String> items = new ArrayList<>();
            Json.tree(text).forEach(item -> items.add(item.asString("")));
            return items.isEmpty() ? null : items;
        } catch (JacksonException e) {
            return text;
        }
    }

    private static Map<String, @Nullable Object> asset(List<Leaf> records) {
        Map<String, @Nullable Object> state = SubjectTable.newest(records);
        state.put("called", state.get("name"));
        return state;
    }
}
