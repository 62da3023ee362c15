package dev.ronde.asset.snapshot;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Statements on the states of a configuration. */
interface StateDao {
    record StateRow(
            UUID id,
            UUID assetId,
            String digest,
            int canonVersion,
            String sources,
            Instant collectedAt,
            Instant recordedAt) {}

    @SqlUpdate("""
            insert into config_state (id, asset_id, digest, canon_version, sources, collected_at, recorded_at)
            values (:id, :assetId, :digest, :canonVersion, :sources, :collectedAt, :recordedAt)
            """)
    void insert(@BindMethods StateRow row);

    @SqlQuery("""
            select id, asset_id, digest, canon_version, sources, collected_at, recorded_at from config_state
            where asset_id = :assetId order by id desc limit :limit
            """)
    List<StateRow> list(@Bind("assetId") UUID assetId, @Bind("limit") int limit);

    @SqlQuery("""
            select id, asset_id, digest, canon_version, sources, collected_at, recorded_at from config_state
            where asset_id = :assetId and id = :id
            """)
    Optional<StateRow> find(@Bind("assetId") UUID assetId, @Bind("id") UUID id);

    @SqlQuery("""
            select id, asset_id, digest, canon_version, sources, collected_at, recorded_at from config_state
            where asset_id = :assetId and id < :id order by id desc limit 1
            """)
    Optional<StateRow> findBefore(@Bind("assetId") UUID assetId, @Bind("id") UUID id);

    @SqlQuery("""
            select recorded_at from config_state
            where asset_id = :assetId and id > :id order by id limit 1
            """)
    Optional<Instant> findEnd(@Bind("assetId") UUID assetId, @Bind("id") UUID id);

    @SqlQuery("""
            select id, asset_id, digest, canon_version, sources, collected_at, recorded_at from config_state
            where asset_id = :assetId and recorded_at = :at order by id desc limit 1
            """)
    Optional<StateRow> findRecorded(@Bind("assetId") UUID assetId, @Bind("at") Instant at);

    record NewestRow(UUID assetId, String digest) {}

    /** Takes at most about 200 assets. */
    @SqlQuery("""
            select s.asset_id, s.digest
              from (select asset_id, digest, row_number() over (partition by asset_id order by id desc) as place
                      from config_state where asset_id in (<assetIds>)) s
             where s.place = 1
            """)
    List<NewestRow> listNewest(@BindList("assetIds") Collection<UUID> assetIds);

    @SqlQuery("""
            select id, asset_id, digest, canon_version, sources, collected_at, recorded_at from config_state
            where asset_id = :assetId and digest = :digest order by id desc limit 1
            """)
    Optional<StateRow> findByDigest(@Bind("assetId") UUID assetId, @Bind("digest") String digest);
}
