package dev.ronde.review;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the assets somebody must compare with what was attested of them. */
public interface DriftDao {

    record Watch(UUID assetId, Instant lookAt) {}

    @SqlQuery("select asset_id, look_at from drift_watch where look_at <= :now order by look_at, asset_id limit :limit")
    List<Watch> listDue(Instant now, int limit);

    /** Returns 0 if somebody else took the row or it was marked again meanwhile. */
    @SqlUpdate("delete from drift_watch where asset_id = :assetId and look_at = :lookAt")
    int take(UUID assetId, Instant lookAt);

    @SqlUpdate("update drift_watch set look_at = :at where asset_id = :assetId")
    int move(UUID assetId, Instant at);

    @SqlUpdate("insert into drift_watch (asset_id, look_at) values (:assetId, :at) on conflict do nothing")
    void insert(UUID assetId, Instant at);

    @SqlUpdate("""
            update drift_watch set look_at = :at
             where look_at > :at
               and asset_id in (select e.asset_id from enrolment e where e.plan_id = :planId and e.ended_at is null)
            """)
    int moveOfPlan(String planId, Instant at);

    @SqlUpdate("""
            insert into drift_watch (asset_id, look_at)
            select e.asset_id, cast(:at as timestamp with time zone)
              from enrolment e
             where e.plan_id = :planId and e.ended_at is null
               and exists (select 1 from review r
                            where r.asset_id = e.asset_id and r.attested_at is not null and r.snapshot_digest is not null)
               and not exists (select 1 from drift_watch w where w.asset_id = e.asset_id)
            """)
    int insertOfPlan(String planId, Instant at);

    /** Looks at every attested asset of the plan again, because the plan's rule or scope changed. */
    default void markPlan(String planId, Instant at) {
        moveOfPlan(planId, at);
        insertOfPlan(planId, at);
    }

    default void mark(UUID assetId, Instant at) {
        if (move(assetId, at) == 0) {
            insert(assetId, at);
        }
    }
}
