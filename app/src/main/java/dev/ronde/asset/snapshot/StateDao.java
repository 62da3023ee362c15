package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.KeyColumn;
import org.jdbi.v3.sqlobject.config.ValueColumn;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface StateDao {
    String SELECT = "select id, asset_id, digest, canon_version, sources, collected_at, recorded_at from config_state ";

    @SqlUpdate("""
            insert into config_state (id, asset_id, digest, canon_version, sources, collected_at, recorded_at)
            values (:id, :assetId, :digest, :canonVersion, :json, :collectedAt, :recordedAt)
            """)
    void insert(@BindMethods ConfigState state, @Bind("json") String sources);

    @SqlQuery(SELECT + """
            where asset_id = :assetId order by id desc limit :limit
            """)
    List<ConfigState> list(UUID assetId, int limit);

    @SqlQuery(SELECT + """
            where asset_id = :assetId and id = :id
            """)
    Optional<ConfigState> find(UUID assetId, UUID id);

    @SqlQuery(SELECT + """
            where asset_id = :assetId and id < :id order by id desc limit 1
            """)
    Optional<ConfigState> findBefore(UUID assetId, UUID id);

    @SqlQuery("""
            select recorded_at from config_state
            where asset_id = :assetId and id > :id order by id limit 1
            """)
    Optional<Instant> findEnd(UUID assetId, UUID id);

    @SqlQuery(SELECT + """
            where asset_id = :assetId and recorded_at = :at order by id desc limit 1
            """)
    Optional<ConfigState> findRecorded(UUID assetId, Instant at);

    /** Takes at most about 200 assets. */
    @SqlQuery("""
            select s.asset_id, s.digest
              from (select asset_id, digest, row_number() over (partition by asset_id order by id desc) as place
                      from config_state where asset_id in (<assetIds>)) s
             where s.place = 1
            """)
    @KeyColumn("asset_id")
    @ValueColumn("digest")
    Map<UUID, String> listNewest(@BindList Collection<UUID> assetIds);

    @SqlQuery(SELECT + """
            where asset_id = :assetId and digest = :digest order by id desc limit 1
            """)
    Optional<ConfigState> findByDigest(UUID assetId, String digest);
}
