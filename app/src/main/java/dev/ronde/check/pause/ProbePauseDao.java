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
    String COLUMNS = "id, asset_id, starts_at, ends_at, reason, created_by, created_at, lifted_by, lifted_at";

    @SqlUpdate("""
            insert into probe_pause (id, asset_id, starts_at, ends_at, reason, created_by, created_at, lifted_by, lifted_at)
            values (:id, :assetId, :startsAt, :endsAt, :reason, :createdBy, :createdAt, :liftedBy, :liftedAt)
            """)
    void insert(@BindMethods ProbePause pause);

    @SqlUpdate("update probe_pause set lifted_by = :by, lifted_at = :at where id = :id and lifted_at is null")
    int updateLifted(@Bind("id") UUID id, @Bind("by") String by, @Bind("at") Instant at);

    @SqlQuery("select " + COLUMNS + " from probe_pause where id = :id and ends_at is not null")
    Optional<ProbePause> findWindow(@Bind("id") UUID id);

    @SqlQuery("select " + COLUMNS + " from probe_pause where lifted_at is null and ends_at is null order by id limit 1")
    Optional<ProbePause> findStop();

    @SqlQuery("select " + COLUMNS + """
             from probe_pause
            where lifted_at is null and starts_at <= :now and (ends_at is null or ends_at > :now)
            order by case when ends_at is null then 0 else 1 end, id
            """)
    List<ProbePause> listHolding(@Bind("now") Instant now);

    @SqlQuery("select " + COLUMNS + """
             from probe_pause
            where ends_at is not null and (cast(:before as uuid) is null or id < cast(:before as uuid))
            order by id desc limit :limit
            """)
    List<ProbePause> listWindows(@Bind("before") @Nullable UUID before, @Bind("limit") int limit);

    @SqlQuery("select count(*) from probe_pause where ends_at is not null")
    long countWindows();
}
