package dev.ronde.check;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on assets that were changed where not all checks are known. */
interface UnplannedDao {
    /**
     * Such an asset.
     *
     * @param againAt when all its checks became due; null where only the set of them may have changed
     */
    record Unplanned(UUID assetId, @Nullable Instant againAt) {}

    @SqlQuery("select asset_id, again_at from check_unplanned order by asset_id limit :limit for update skip locked")
    List<Unplanned> take(@Bind("limit") int limit);

    @SqlQuery("select exists (select 1 from check_unplanned)")
    boolean any();

    @SqlUpdate("delete from check_unplanned where asset_id in (<ids>)")
    void delete(@BindList("ids") List<UUID> ids);

    @SqlUpdate("""
            update check_unplanned set again_at = coalesce(cast(:at as timestamp(6) with time zone), again_at)
             where asset_id = :asset
            """)
    int again(@Bind("asset") UUID asset, @Bind("at") @Nullable Instant at);

    @SqlUpdate("insert into check_unplanned (asset_id, again_at) values (:asset, :at)")
    void insert(@Bind("asset") UUID asset, @Bind("at") @Nullable Instant at);
}
