package dev.ronde.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the assets somebody must compare with what was attested of them. */
interface DriftDao {

    /** One asset, and when to look. */
    record Watch(UUID assetId, Instant lookAt) {}

    @SqlQuery("select asset_id, look_at from drift_watch where look_at <= :now order by look_at, asset_id limit :limit")
    List<Watch> listDue(Instant now, int limit);

    /** Takes the row as it was seen; 0 when somebody else did, or it was marked again meanwhile. */
    @SqlUpdate("delete from drift_watch where asset_id = :assetId and look_at = :lookAt")
    int take(UUID assetId, Instant lookAt);

    @SqlUpdate("update drift_watch set look_at = :at where asset_id = :assetId")
    int move(UUID assetId, Instant at);

    @SqlUpdate("insert into drift_watch (asset_id, look_at) values (:assetId, :at) on conflict do nothing")
    void insert(UUID assetId, Instant at);

    /** Looks at this asset at the given time instead of whenever was planned. */
    default void mark(UUID assetId, Instant at) {
        if (move(assetId, at) == 0) {
            insert(assetId, at);
        }
    }
}
