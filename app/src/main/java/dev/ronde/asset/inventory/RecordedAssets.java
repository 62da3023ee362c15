package dev.ronde.asset.inventory;

import dev.ronde.asset.field.AssetField;
import dev.ronde.evidence.population.Leaf;
import dev.ronde.evidence.state.StateRow;
import dev.ronde.evidence.state.StateSource;
import dev.ronde.platform.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What the records say of assets. */
public final class RecordedAssets {
    private static final List<String> LISTS = List.of(AssetField.TAGS.json(), AssetField.DECLARED_PORTS.json());

    private RecordedAssets() {}

    public static List<StateSource> sources() {
        return List.of(new StateSource(
                "asset",
                "asset",
                Set.of("asset.created", "asset.updated", "asset.retired"),
                new UUID(0, 0).toString(),
                RecordedAssets::rows,
                (handle, limit) -> handle.attach(Dao.class).listLost(limit),
                RecordedAssets::asset));
    }

    private static List<StateRow> rows(Handle handle, String after, int limit) {
        return handle.attach(Dao.class).listAfter(UUID.fromString(after), limit).stream()
                .map(RecordedAssets::row)
                .toList();
    }

    /** Parses stored lists; a malformed one stays as text, which no record has. */
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
        Map<String, @Nullable Object> state = StateSource.newest(records);
        state.put("called", state.get("name"));
        return state;
    }

    @RegisterRowMapper(StateRow.Mapper.class)
    interface Dao {
        @SqlQuery("""
                select cast(a.id as varchar) as place,
                       case when length(a.ref) <= 64 then a.ref else cast(a.id as varchar) end as subject, a.ref as name,
                       a.ref, a.name as called, a.kind, o.actor_ref as owner, b.actor_ref as backup, m.actor_ref as manager, a.environment,
                       a.criticality, a.data_class, a.unit, a.address, a.port, a.hostname, a.starttls, a.zone, a.tags, a.declared_ports,
                       case when a.expected_closed then true end as expected_closed, a.probe_authorised_until, a.last_review_on, a.retired_at
                  from asset a left join person o on o.id = a.owner_id left join person b on b.id = a.backup_id
                  left join person m on m.id = a.manager_id
                 where a.id > :after order by a.id limit :limit
                """)
        List<StateRow> listAfter(UUID after, int limit);

        @SqlQuery("""
                select e.asset_ref from evidence_record e
                 where e.rec_type = 'asset.created' and not exists (select 1 from asset a where a.ref = e.asset_ref)
                 order by e.rec_id limit :limit
                """)
        List<String> listLost(int limit);
    }
}
