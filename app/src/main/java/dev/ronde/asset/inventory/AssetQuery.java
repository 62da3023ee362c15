package dev.ronde.asset.inventory;

import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/**
 * The one statement whose conditions depend on what was asked: fixed fragments with named binds, so that the database plans for the
 * filter at hand.
 */
final class AssetQuery {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> binds = new LinkedHashMap<>();
    private final boolean narrowed;
    private final String byRef;

    AssetQuery(AssetFilter filter, AssetStates states, Instant now) {
        String text = filter.text();
        if (text != null) {
            add("(lower(ref) like :text or lower(name) like :text or address like :text or hostname like :text)");
            binds.put("text", "%" + escaped(text.toLowerCase(Locale.ROOT)) + "%");
        }
        kinds(filter.kinds());
        equal("unit", filter.unit());
        equal("environment", filter.environment());
        equal(
                "criticality",
                filter.criticality() == null ? null : filter.criticality().word());
        if (filter.tag() != null) {
            add("asset.id in (select t.asset_id from asset_tag t where t.tag = :tag)");
            binds.put("tag", filter.tag());
        }
        person("owner", filter.owner());
        person("backup", filter.backup());
        person("manager", filter.manager());
        if (filter.unowned() != null) {
            add(filter.unowned() ? "owner_id is null" : "owner_id is not null");
        }
        narrowed = !conditions.isEmpty() || filter.answeredBy() != null;
        state(filter.state(), states, now);
        // the same order, as the index of what is in the inventory has it
        byRef = Boolean.FALSE.equals(filter.retired()) ? " order by retired_at, ref" : " order by ref";
        if (filter.retired() != null) {
            add(filter.retired() ? "retired_at is not null" : "retired_at is null");
        }
        if (filter.answeredBy() != null) {
            add("asset.id in (select f.asset_id from sees_asset f where f.person_id = :answered_by)");
            binds.put("answered_by", filter.answeredBy());
        }
    }

    long count(Handle handle, long most) {
        // the indexes of what narrows go on with the id, the one of the whole inventory with the ref
        String order = narrowed ? " order by id" : byRef;
        String sql = "select count(*) from (select 1 as one from asset" + where(conditions) + order
                + " limit :most) counted";
        try (Query query = handle.createQuery(sql)) {
            return unused(query)
                    .bindMap(binds)
                    .bind("most", most)
                    .mapTo(Long.class)
                    .one();
        }
    }

    List<Asset> list(Handle handle, AssetOrder order, @Nullable String after, int limit) {
        List<String> all = new ArrayList<>(conditions);
        Map<String, Object> values = new LinkedHashMap<>(binds);
        if (after != null) {
            all.add(order == AssetOrder.NEWEST ? "id < :after" : "ref > :after");
            values.put("after", order == AssetOrder.NEWEST ? UUID.fromString(after) : after);
        }
        String sorted = order == AssetOrder.NEWEST ? " order by id desc" : byRef;
        String sql = "select " + AssetDao.COLUMNS + " from asset" + where(all) + sorted + " limit :limit";
        try (Query query = handle.createQuery(sql)) {
            return unused(query)
                    .bindMap(values)
                    .bind("limit", limit)
                    .mapTo(Asset.class)
                    .list();
        }
    }

    private void state(@Nullable String word, AssetStates states, Instant now) {
        if (word != null) {
            add(states.condition(word)
                    .orElseThrow(() -> Problem.badRequest(
                            "bad_parameter",
                            "The parameter state is \"" + word + "\": write one of " + String.join(", ", states.words())
                                    + ".")));
            binds.put("now", now);
            binds.put("tomorrow", now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1));
        }
    }

    private void kinds(List<String> kinds) {
        List<String> either = new ArrayList<>();
        for (int index = 0; index < kinds.size(); index++) {
            String kind = kinds.get(index);
            String name = "kind" + index;
            boolean prefix = kind.endsWith("*");
            either.add(prefix ? "kind like :" + name : "kind = :" + name);
            binds.put(name, prefix ? escaped(kind.substring(0, kind.length() - 1)) + "%" : kind);
        }
        if (!either.isEmpty()) {
            add("(" + String.join(" or ", either) + ")");
        }
    }

    private void equal(String column, @Nullable String value) {
        if (value != null) {
            add(column + " = :" + column);
            binds.put(column, value);
        }
    }

    private void person(String role, @Nullable String address) {
        if (address != null) {
            add(role + "_id = (select p.id from person p where p.email_key = :" + role + ")");
            binds.put(role, address.toLowerCase(Locale.ROOT));
        }
    }

    /** A state may need the present instant, the day after it, or neither, so bindings may stay unused. */
    private static Query unused(Query query) {
        return query.configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true));
    }

    private void add(String condition) {
        conditions.add(condition);
    }

    private static String where(List<String> conditions) {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }
}
