package dev.ronde.review;

import dev.ronde.evidence.state.StateRow;
import java.util.List;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** Reviews with their histories as their records know them. */
@RegisterRowMapper(StateRow.Mapper.class)
interface RecordedReviewDao {
    @SqlQuery("""
            select cast(r.review_number as varchar) as place, 'REV-' || r.review_number as subject, 'REV-' || r.review_number as name,
                   a.ref as asset, r.plan_id as plan, r.plan_version, r.cause, r.scheduled_on, r.due_on, r.zone, r.opens_at,
                   r.overdue_at, r.missed_from, case when r.held then true end as held, r.performed_on, r.max_gap_days,
                   o.actor_ref as owner, r.opened_at, r.baseline_digest, r.acknowledged_at, r.problem_at, r.not_mine_at, r.snoozed_until,
                   d.actor_ref as delegated_to, r.time_asked_at, r.time_asked_until, r.attested_at as performed_at, r.recorded_at,
                   r.performed_by, r.channel, r.assurance, r.outcome, r.snapshot_digest, r.waiver_until, r.approval, r.approver,
                   r.approved_at, r.missed_at, r.recovery, r.cancelled_at, r.cancel_reason, r.drift_from, r.drift_to, r.drift_digest, r.drift_worse,
                   (select string_agg(p.actor_ref, ', ') from review_holder h join person p on p.id = h.person_id
                     where h.review_id = r.id) as holders,
                   (select string_agg(e.event_type || ' by ' || e.actor_ref || ' in ' || cast(e.record_id as varchar), ', ')
                      from review_event e where e.review_id = r.id) as history,
                   (select count(*) from review_event e where e.review_id = r.id) as events
              from review r join asset a on a.id = r.asset_id
              left join person o on o.id = r.owner_id left join person d on d.id = r.delegated_to
             where r.review_number > :after order by r.review_number limit :limit
            """)
    List<StateRow> list(long after, int limit);

    @SqlQuery("""
            select distinct e.subject_id from evidence_record e
             where e.rec_type = 'review.scheduled'
               and not exists (select 1 from review r where r.review_number = cast(substring(e.subject_id, 5) as bigint))
             order by e.subject_id limit :limit
            """)
    List<String> listLost(int limit);
}
