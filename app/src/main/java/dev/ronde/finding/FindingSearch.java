package dev.ronde.finding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The list of findings, newest first, put together from fixed conditions with named binds, so that the database plans for the filter at
 * hand.
 */
final class FindingSearch {
    static final long COUNTED = 10_000;

    /** Few assets are retired: excluding those is cheaper than looking up every other one. */
    private static final String OPEN =
            " and f.open_key is not null and f.asset_id not in (select x.id from asset x where x.retired_at is not null)";

    private final StringBuilder where = new StringBuilder(" where true");
    private final Map<String, Object> values = new HashMap<>();

    FindingSearch(Filter query) {
        if (query.open() != null) {
            where.append(query.open() ? OPEN : " and f.open_key is null");
        }
        add(" and f.asset_id = :assetId", "assetId", query.assetId());
        add(" and f.check_id = :checkId", "checkId", query.checkId());
        add(" and f.severity = :severity", "severity", query.severity());
        add(" and f.asset_id in (select m.id from asset m where m.owner_id = :ownerId)", "ownerId", query.ownerId());
        add("""
                 and f.asset_id in (select m.asset_id from sees_asset m where m.person_id = :answeredBy)
                """, "answeredBy", query.answeredBy());
    }

    private void add(String condition, String name, @Nullable Object value) {
        if (value != null) {
            where.append(condition);
            values.put(name, value);
        }
    }

    /** At most {@code limit} that are older than {@code before}; null starts at the newest. */
    List<Finding> list(Handle handle, @Nullable UUID before, int limit) {
        Map<String, Object> binds = new HashMap<>(values);
        String older = "";
        if (before != null) {
            older = " and f.id < :before";
            binds.put("before", before);
        }
        binds.put("limit", limit);
        String sql =
                "select " + FindingDao.COLUMNS + " from finding f" + where + older + " order by f.id desc limit :limit";
        try (Query query = handle.createQuery(sql)) {
            return query.bindMap(binds).mapTo(Finding.class).list();
        }
    }

    long count(Handle handle) {
        String sql = "select count(*) from (select 1 as one from finding f" + where + " order by f.id desc limit "
                + COUNTED + ") counted";
        try (Query query = handle.createQuery(sql)) {
            return query.bindMap(values).mapTo(Long.class).one();
        }
    }

    /**
     * Which findings. Null does not restrict.
     *
     * @param open true: open ones of active assets; false: fixed ones
     * @param severity spelling of the API
     * @param ownerId owner of the asset
     * @param answeredBy owner or backup owner, for those who see only what is theirs
     */
    public record Filter(
            @Nullable Boolean open,
            @Nullable UUID assetId,
            @Nullable String checkId,
            @Nullable String severity,
            @Nullable UUID ownerId,
            @Nullable UUID answeredBy) {}
}
