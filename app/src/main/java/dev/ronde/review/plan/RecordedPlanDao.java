package dev.ronde.review.plan;

import java.util.Collection;
import java.util.List;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Plans as their records know them. */
interface RecordedPlanDao {
    @SqlQuery(PlanDao.NEWEST + " where p.id > :after order by p.id limit :limit")
    List<Plan> listAfter(String after, int limit);

    /** A version with its text. */
    record Version(String planId, int planVersion, String definition, String createdBy) {}

    @SqlQuery("""
            select plan_id, plan_version, definition, created_by from plan_version where plan_id in (<plans>)
            order by plan_id, plan_version
            """)
    List<Version> listVersions(@BindList Collection<String> plans);

    @SqlQuery("""
            select distinct e.subject_id from evidence_record e
             where e.rec_type = 'plan.created' and not exists (select 1 from plan p where p.id = e.subject_id)
             order by e.subject_id limit :limit
            """)
    List<String> listLost(int limit);
}
