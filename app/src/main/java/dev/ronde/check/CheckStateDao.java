package dev.ronde.check;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on what is known now. */
public interface CheckStateDao {
    String COLUMNS = """
            asset_id, check_id, run_id, outcome, reason, severity, due_at, finished_at, fresh_until, last_pass_at, last_fail_at
            """;

    record OutcomeCount(String checkId, String outcome, long pairs, long stale) {}

    record AttachedAsset(
            String ref,
            String name,
            String outcome,
            @Nullable String reason,
            String severity,
            @Nullable Instant finishedAt,
            @Nullable Instant freshUntil,
            @Nullable UUID runId) {}

    @SqlQuery("select " + COLUMNS + " from check_state where asset_id = :assetId order by check_id")
    List<CheckState> list(@Bind("assetId") UUID assetId);

    @SqlQuery("select " + COLUMNS + " from check_state where asset_id in (<assetIds>) order by asset_id, check_id")
    List<CheckState> listAll(@BindList("assetIds") Collection<UUID> assetIds);

    /** States without a result of an occurrence at this time or later. */
    @SqlQuery("select " + COLUMNS + """
             from check_state where asset_id in (<assetIds>) and (due_at is null or due_at < :at)
            """)
    List<CheckState> listBefore(@BindList("assetIds") Collection<UUID> assetIds, @Bind("at") Instant at);

    /**
     * A number of assets of one kind and unit on which the same is known of the same checks.
     *
     * @param known one {@code check outcome freshness} per check, separated by commas; null where there is no check
     */
    record Alike(
            String kind, @Nullable String unit, @Nullable String known, long assets) {}

    @SqlQuery("""
            select kind, unit, known, count(*) as assets
              from (select a.id, a.kind, a.unit,
                           string_agg(s.check_id || ' ' || s.outcome || case when s.fresh_until <= :now then ' stale' else ' fresh' end,
                             ',' order by s.check_id) as known
                      from asset a left join check_state s on s.asset_id = a.id
                     where a.retired_at is null
                       and not exists (select 1 from check_state f where f.asset_id = a.id and f.outcome = 'fail')
                     group by a.id, a.kind, a.unit) per_asset
             group by kind, unit, known order by kind, unit, known
            """)
    List<Alike> listAlike(@Bind("now") Instant now);

    /** Narrows to what a person answers for; null does not. */
    String MINE = """
             and (cast(:person as uuid) is null
                  or a.id in (select f.asset_id from sees_asset f where f.person_id = cast(:person as uuid)))
            """;

    @SqlQuery("""
            select distinct s.asset_id from check_state s join asset a on a.id = s.asset_id
             where s.outcome = 'fail' and a.retired_at is null and s.asset_id > :after
            """ + MINE + " order by s.asset_id limit :limit")
    List<UUID> listFailing(@Bind("after") UUID after, @Bind("person") @Nullable UUID person, @Bind("limit") int limit);

    @SqlQuery("select " + COLUMNS + """
             from check_state where outcome = 'unknown' and reason in ('probing-stopped', 'maintenance-window')
            order by asset_id, check_id
            """)
    List<CheckState> listPaused();

    @SqlQuery("select " + COLUMNS + """
             from check_state where outcome = 'unknown' and reason = 'no-vantage'
            order by asset_id, check_id
            """)
    List<CheckState> listWithoutVantage();

    @SqlQuery("select " + COLUMNS + """
             from check_state where asset_id in (<assetIds>) and outcome = 'unknown' and reason = 'target-never-seen'
            order by asset_id, check_id
            """)
    List<CheckState> listNeverSeen(@BindList("assetIds") Collection<UUID> assetIds);

    @SqlQuery("select " + COLUMNS + " from check_state where asset_id = :assetId and check_id = :checkId")
    Optional<CheckState> find(@Bind("assetId") UUID assetId, @Bind("checkId") String checkId);

    @SqlQuery("select " + COLUMNS + """
             from check_state
            where (cast(:assetId as uuid) is null or asset_id = cast(:assetId as uuid)) and (cast(:checkId as varchar) is null or check_id = :checkId)
              and (asset_id > :afterAsset or (asset_id = :afterAsset and check_id > :afterCheck))
            order by asset_id, check_id limit :limit
            """)
    List<CheckState> listMatching(
            @Bind("assetId") @Nullable UUID assetId,
            @Bind("checkId") @Nullable String checkId,
            @Bind("afterAsset") UUID afterAsset,
            @Bind("afterCheck") String afterCheck,
            @Bind("limit") int limit);

    @SqlQuery("""
            select s.check_id, s.outcome, count(*) as pairs, count(case when s.fresh_until <= :now then 1 end) as stale
              from check_state s join asset a on a.id = s.asset_id
             where a.retired_at is null
            """ + MINE + " group by s.check_id, s.outcome order by s.check_id, s.outcome")
    List<OutcomeCount> countOutcomes(@Bind("now") Instant now, @Bind("person") @Nullable UUID person);

    @SqlQuery("""
            select a.ref, a.name, s.outcome, s.reason, s.severity, s.finished_at, s.fresh_until, s.run_id
            from check_state s join asset a on a.id = s.asset_id
            where s.check_id = :checkId and (cast(:ownerId as uuid) is null
                or a.id in (select f.asset_id from sees_asset f where f.person_id = cast(:ownerId as uuid)))
            order by case s.outcome when 'fail' then 0 when 'error' then 1 when 'unknown' then 2 else 3 end, a.ref
            limit :limit
            """)
    List<AttachedAsset> listAttached(
            @Bind("checkId") String checkId, @Bind("ownerId") @Nullable UUID ownerId, @Bind("limit") int limit);

    @SqlBatch("""
            insert into check_state (asset_id, check_id, outcome, reason, severity)
            values (:assetId, :checkId, 'unknown', 'never-run', :severity)
            """)
    void insertNew(@BindMethods Collection<NewState> states);

    record NewState(UUID assetId, String checkId, String severity) {}

    @SqlUpdate("delete from check_state where asset_id = :assetId and check_id = :checkId")
    void delete(@Bind("assetId") UUID assetId, @Bind("checkId") String checkId);
}
