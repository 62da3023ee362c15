package dev.ronde.finding.waiver;

import dev.ronde.evidence.state.StateRow;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Waivers as their records know them. */
@RegisterRowMapper(StateRow.Mapper.class)
interface RecordedWaiverDao {
    @SqlQuery("""
            select cast(w.waiver_number as varchar) as place, 'W-' || w.waiver_number as subject, 'W-' || w.waiver_number as name,
                   a.ref as asset, w.check_id as "check", cast(w.finding_id as varchar) as finding, w.category, w.assertions,
                   w.bound_to, w.severity, w.compensating_check, w.reason, w.from_on as "from", w.until_on as "until", w.renewals,
                   w.requested_by, case when w.approved then w.decided_by end as approved_by,
                   case when not w.approved then w.decided_by end as denied_by, w.revoked_by,
                   case when w.approved is null then 'none' when w.approved then 'approved' else 'denied' end as decision,
                   case when w.revoked_at is not null then true end as revoked,
                   case when w.expired_at is not null then true end as expired
              from waiver w join asset a on a.id = w.asset_id
             where w.waiver_number > :after order by w.waiver_number limit :limit
            """)
    List<StateRow> list(@Bind("after") long after, @Bind("limit") int limit);

    @SqlQuery("""
            select e.subject_id from evidence_record e
             where e.rec_type = 'waiver.requested'
               and not exists (select 1 from waiver w where w.waiver_number = cast(substring(e.subject_id, 3) as bigint))
             order by e.rec_id limit :limit
            """)
    List<String> listLost(@Bind("limit") int limit);
}
