package dev.ronde.review.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** Statements on plans and their versions. */
public interface PlanDao {

    String NEWEST = """
            select p.id, p.plan_version, v.title, v.definition, p.created_at, p.updated_at, p.announced_at,
                   p.retired_at, p.retire_reason
              from plan p join plan_version v on v.plan_id = p.id and v.plan_version = p.plan_version
            """;

    @SqlQuery(NEWEST + " where p.id = :id")
    Optional<Plan> find(String id);

    @SqlQuery("""
            select p.id, v.plan_version, v.title, v.definition, p.created_at, v.created_at as updated_at, p.announced_at,
                   p.retired_at, p.retire_reason
              from plan p join plan_version v on v.plan_id = p.id
             where p.id = :id and v.plan_version = :planVersion
            """)
    Optional<Plan> findVersion(String id, int planVersion);

    /** Locks the plan against concurrent changes; empty if there is none with this id. */
    @SqlQuery("select plan_version from plan where id = :id for update")
    Optional<Integer> lock(String id);

    @SqlQuery("select plan_version from plan where id = :id and retired_at is null for update")
    Optional<Integer> lockInForce(String id);

    @SqlQuery(NEWEST + " order by p.id")
    List<Plan> listAll();

    @SqlQuery(NEWEST + " where p.retired_at is null order by p.id")
    List<Plan> listInForce();

    @SqlQuery("""
            select p.id, v.plan_version, v.title, v.definition, p.created_at, v.created_at as updated_at, p.announced_at,
                   p.retired_at, p.retire_reason
              from plan p join plan_version v on v.plan_id = p.id
             order by p.id, v.plan_version
            """)
    List<Plan> listVersions();

    @SqlQuery(NEWEST + """
             where cast(:beforeAt as timestamp with time zone) is null
                or p.created_at < :beforeAt or (p.created_at = :beforeAt and p.id > :afterId)
             order by p.created_at desc, p.id
             limit :limit
            """)
    List<Plan> list(@Nullable Instant beforeAt, @Nullable String afterId, int limit);

    @SqlQuery("select count(*) from plan")
    long count();

    @SqlUpdate("""
            insert into plan (id, plan_version, once_on, created_at, updated_at) values (:id, 1, :onceOn, :now, :now)
            """)
    void insert(String id, @Nullable LocalDate onceOn, Instant now);

    @SqlUpdate("""
            update plan set plan_version = :planVersion, once_on = :onceOn, updated_at = :now where id = :id
            """)
    void update(String id, int planVersion, @Nullable LocalDate onceOn, Instant now);

    @SqlUpdate("update plan set announced_at = :now where id = :id and announced_at is null")
    void announce(String id, Instant now);

    @SqlUpdate("update plan set retired_at = :now, retire_reason = :reason, updated_at = :now where id = :id")
    void retire(String id, Instant now, String reason);

    @SqlUpdate("""
            insert into plan_version (plan_id, plan_version, title, definition, created_at, created_by)
            values (:planId, :planVersion, :title, :definition, :now, :by)
            """)
    void insertVersion(String planId, int planVersion, String title, String definition, Instant now, String by);

    @SqlQuery("""
            select p.retire_reason from review r join plan p on p.id = r.plan_id
             where r.id = :reviewId and r.cancel_reason = 'plan_retired'
            """)
    Optional<String> findRetireReason(UUID reviewId);

    @SqlQuery(NEWEST + " where p.id > :after order by p.id limit :limit")
    List<Plan> listAfter(String after, int limit);

    record VersionText(String planId, int planVersion, String definition, String createdBy) {}

    @SqlQuery("""
            select plan_id, plan_version, definition, created_by from plan_version where plan_id in (<plans>)
            order by plan_id, plan_version
            """)
    List<VersionText> listVersionTexts(@BindList Collection<String> plans);

    @SqlQuery("""
            select distinct e.subject_id from evidence_record e
             where e.rec_type = 'plan.created' and not exists (select 1 from plan p where p.id = e.subject_id)
             order by e.subject_id limit :limit
            """)
    List<String> listLost(int limit);
}
