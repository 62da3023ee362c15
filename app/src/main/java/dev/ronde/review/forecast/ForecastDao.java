package dev.ronde.review.forecast;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Statements on what is due ahead. */
interface ForecastDao {

    /** The owner of the asset stands in for reviews that have not opened. */
    record DueOn(@Nullable String owner, @Nullable String ownerName, LocalDate dueOn, int due) {}

    @SqlQuery("""
            select p.email as owner, p.name as owner_name, r.due_on, count(*) as due
              from review r join asset a on a.id = r.asset_id
              left join person p on p.id = coalesce(r.owner_id, a.owner_id)
             where r.due_on < :until and r.attested_at is null and r.cancelled_at is null and r.missed_at is null
               and r.missed_from > :now
               and (cast(:person as uuid) is null
                    or coalesce(r.owner_id, a.owner_id) in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid)))
             group by p.email, p.name, r.due_on
             order by p.email, r.due_on
            """)
    List<DueOn> listDue(Instant now, LocalDate until, @Nullable UUID person);

    /**
     * An asset under a plan with its next slot that has not opened.
     *
     * @param usedOn the last slot that opened; null where none has
     */
    record Ahead(
            UUID enrolmentId,
            String ref,
            @Nullable String owner,
            LocalDate nextOn,
            @Nullable LocalDate usedOn) {}

    @SqlQuery("""
            select e.id as enrolment_id, a.ref, p.email as owner,
                   min(case when r.opened_at is null then r.scheduled_on end) as next_on,
                   max(case when r.opened_at is not null then r.scheduled_on end) as used_on
              from enrolment e join asset a on a.id = e.asset_id
              left join person p on p.id = a.owner_id
              join review r on r.enrolment_id = e.id
             where e.plan_id = :planId and e.ended_at is null and r.cause = 'scheduled' and r.cancelled_at is null
               and (r.opened_at is not null or r.missed_at is null and r.missed_from > :now)
             group by e.id, a.ref, p.email
            having min(case when r.opened_at is null then r.scheduled_on end) is not null
             order by a.ref
            """)
    List<Ahead> listAhead(String planId, Instant now);
}
