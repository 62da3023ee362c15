package dev.ronde.check.pause;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on pauses of probes. */
interface ProbePauseDao {
    String SELECT = """
            select p.id, p.asset_id, a.ref as asset, p.starts_at, p.ends_at, p.reason, p.created_by, p.created_at, p.lifted_by, p.lifted_at
              from probe_pause p left join asset a on a.id = p.asset_id
            """;

    @SqlUpdate("""
            insert into probe_pause (id, asset_id, starts_at, ends_at, reason, created_by, created_at, lifted_by, lifted_at)
            values (:id, :assetId, :startsAt, :endsAt, :reason, :createdBy, :createdAt, :liftedBy, :liftedAt)
            """)
    void insert(@BindMethods ProbePause pause);

    @SqlUpdate("update probe_pause set lifted_by = :by, lifted_at = :at where id = :id and lifted_at is null")
    int updateLifted(@Bind("id") UUID id, @Bind("by") String by, @Bind("at") Instant at);

    @SqlQuery(SELECT + " where p.id = :id and p.ends_at is not null")
    Optional<ProbePause> findWindow(@Bind("id") UUID id);

    @SqlQuery(SELECT + " where p.lifted_at is null and p.ends_at is null order by p.id limit 1")
    Optional<ProbePause> findStop();

    @SqlQuery(SELECT + """
             where p.lifted_at is null and p.starts_at <= :now and (p.ends_at is null or p.ends_at > :now)
             order by case when p.ends_at is null then 0 else 1 end, p.id
            """)
    List<ProbePause> listHolding(@Bind("now") Instant now);

    @SqlQuery(SELECT + """
             where p.ends_at is not null and (cast(:before as uuid) is null or p.id < cast(:before as uuid))
             order by p.id desc limit :limit
            """)
    List<ProbePause> listWindows(@Bind("before") @Nullable UUID before, @Bind("limit") int limit);

    @SqlQuery("select count(*) from probe_pause where ends_at is not null")
    long countWindows();
}
