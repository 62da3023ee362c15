package dev.ronde.check.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Statements on where something answered. */
interface TargetAnswerDao {
    record Place(UUID assetId, String host, int port) {}

    @SqlQuery("select asset_id, host, port from target_answer where asset_id in (<assetIds>)")
    List<Place> list(@BindList("assetIds") Collection<UUID> assetIds);

    @SqlBatch("""
            insert into target_answer (asset_id, host, port, first_at) values (:assetId, :host, :port, :now)
            on conflict do nothing
            """)
    void insert(@BindMethods Collection<Place> places, @Bind("now") Instant now);
}
