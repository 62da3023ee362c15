package dev.ronde.finding;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface FindingDao {
    String COLUMNS = """
        f.id, f.asset_id, f.check_id, f.severity, f.summary, f.fingerprint, f.run_id, f.first_bad_at, f.last_good_at,
        f.last_bad_at, f.detected_at, f.notified_at, f.acknowledged_at, f.acknowledged_by, f.fixed_at, f.record_id,
        f.version
        """;

    @SqlQuery("select " + COLUMNS + " from finding f where f.id = :id")
    Optional<Finding> find(UUID id);

    @SqlQuery("select " + COLUMNS + " from finding f where f.id in (<ids>)")
    List<Finding> listByIds(@BindList Collection<UUID> ids);

    @SqlQuery("select " + COLUMNS + " from finding f where f.open_key in (<keys>)")
    List<Finding> listOpen(@BindList("keys") Collection<String> openKeys);

    @SqlQuery("select " + COLUMNS + """
         from finding f where f.asset_id = :assetId and f.open_key is not null order by f.id
        """)
    List<Finding> listOpenOf(UUID assetId);

    @SqlQuery("select " + COLUMNS + " from finding f where f.asset_id = :assetId order by f.id desc limit :limit")
    List<Finding> listOf(UUID assetId, int limit);

    @SqlQuery("select " + COLUMNS + """
         from finding f
        where f.open_key is not null and f.asset_id not in (select x.id from asset x where x.retired_at is not null)
          and f.id > :after order by f.id limit :limit
        """)
    List<Finding> listAllOpen(UUID after, int limit);

    record AssetCount(UUID assetId, long findings) {}

    @SqlQuery("""
        select f.asset_id, count(*) as findings from finding f
        where f.asset_id in (<assetIds>) and f.open_key is not null group by f.asset_id
        """)
    List<AssetCount> countOpenOn(@BindList Collection<UUID> assetIds);

    @SqlBatch("""
        insert into finding (id, asset_id, check_id, severity, summary, fingerprint, run_id, first_bad_at, last_good_at,
          last_bad_at, detected_at, record_id, version, open_key, summary_at)
        values (:id, :assetId, :checkId, :severityCode, :summary, :fingerprint, :runId, :firstBadAt, :lastGoodAt,
          :lastBadAt, :detectedAt, :recordId, :version, :openKey, :now)
        """)
    void insert(@BindMethods List<Finding> findings, Instant now);

    /** What a run makes of a finding; the key is null where it is fixed. */
    record Change(
            UUID id,
            String severity,
            String summary,
            String fingerprint,
            UUID runId,
            Instant lastBadAt,
            @Nullable Instant fixedAt,
            long version,
            @Nullable String openKey) {}

    /** An unchanged summary keeps the time at which it was written. */
    @SqlBatch("""
        update finding set severity = :severity, summary = :summary,
          summary_at = case when summary = :summary then summary_at else cast(:now as timestamp with time zone) end,
          fingerprint = :fingerprint, run_id = :runId,
          last_bad_at = :lastBadAt, fixed_at = :fixedAt, version = :version, open_key = :openKey
        where id = :id
        """)
    void update(@BindMethods List<Change> changes, Instant now);

    @SqlUpdate("""
        update finding set notified_at = :at, version = version + 1 where id = :id and notified_at is null
        """)
    int updateNotified(UUID id, Instant at);

    @SqlUpdate("""
        update finding set notified_at = cast(:at as timestamp with time zone), version = version + 1 where id = :id
        """)
    int setNotified(UUID id, @Nullable Instant at);

    @SqlUpdate("""
        update finding set acknowledged_at = :at, acknowledged_by = :by, version = version + 1
        where id = :id and acknowledged_at is null and fixed_at is null
        """)
    int updateAcknowledged(UUID id, String by, Instant at);
}
