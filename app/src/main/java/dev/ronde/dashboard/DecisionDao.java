package dev.ronde.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What waits for a decision, each kind as its own list; the columns are those of {@link Decision}, and how many there are in all. */
interface DecisionDao {
    record Row(
            String kind,
            String what,
            String href,
            @Nullable String owner,
            @Nullable String detail,
            Instant since,
            long total) {
        Decision decision() {
            return new Decision(kind, what, href, owner, detail, since);
        }
    }

    /** Begins the list of reviews; follows a kind and what is told of it. */
    String REVIEW =
            ", a.name as what, '/reviews/REV-' || r.review_number as href, p.name as owner, count(*) over () as total ";

    String REVIEWS = " from review r join asset a on a.id = r.asset_id left join person p on p.id = r.owner_id ";
    String LEFT = " exists (select 1 from gone_person g where g.person_id = p.id) ";
    String UNREACHABLE =
            " exists (select 1 from address_health h where h.person_id = p.id and h.state = 'unreachable') ";

    @SqlQuery("""
            select 'failing' as kind, a.name as what, '/findings/' || cast(f.id as varchar) as href, p.name as owner,
                   f.check_id as detail, f.first_bad_at as since, count(*) over () as total
              from finding f join asset a on a.id = f.asset_id left join person p on p.id = a.owner_id
             where f.open_key is not null and a.retired_at is null and f.severity in ('critical', 'high')
             order by f.first_bad_at, f.id limit :limit""")
    List<Row> listSerious(int limit);

    @SqlQuery("""
            select case when r.approval = 'pending' then 'approval'
                        when r.not_mine_at is not null and r.missed_from > :now then 'not_mine'
                        when r.problem_at is not null then 'problem' else 'more_time' end as kind,
                   case when r.approval is null and r.not_mine_at is null and r.problem_at is null
                        then cast(r.time_asked_until as varchar) end as detail,
                   coalesce(r.recorded_at, case when r.missed_from > :now then r.not_mine_at end, r.problem_at, r.time_asked_at) as since""" + REVIEW + REVIEWS + """
             where (r.problem_at <= :now and r.attested_at is null
                    or (r.not_mine_at is not null or r.time_asked_at is not null)
                       and r.attested_at is null and r.missed_from > :now
                    or r.approval = 'pending')
               and r.cancelled_at is null
             order by since, r.id limit :limit""")
    List<Row> listReported(Instant now, int limit);

    @SqlQuery("select 'missed' as kind, r.title as detail, r.missed_from as since" + REVIEW + REVIEWS + """
             where r.missed_from <= :now and r.recovery is null
               and (r.attested_at is null or r.missed_at is not null and r.attested_at >= r.missed_from)
               and r.cancelled_at is null
             order by r.missed_from, r.id limit :limit""")
    List<Row> listMissed(Instant now, int limit);

    @SqlQuery("select 'unanswered' as kind, r.title as detail, r.overdue_at as since" + REVIEW + REVIEWS + """
             where r.overdue_at <= :before and r.missed_from > :now
               and r.attested_at is null and r.cancelled_at is null
               and r.problem_at is null and r.not_mine_at is null and r.time_asked_at is null
             order by r.overdue_at, r.id limit :limit""")
    List<Row> listUnanswered(Instant now, Instant before, int limit);

    @SqlQuery("select case when a.owner_id is null or " + LEFT + """
             then 'unowned' else 'unreachable' end as kind, a.name as what, '/assets/' || a.ref as href, p.name as owner,
                   a.ref as detail, count(*) over () as total,
                   coalesce((select g.since from gone_person g where g.person_id = p.id), p.updated_at, a.updated_at) as since
              from asset a left join person p on p.id = a.owner_id
             where a.retired_at is null and (a.owner_id is null or""" + LEFT + " or " + UNREACHABLE + """
            ) order by since, a.id limit :limit""")
    List<Row> listUnowned(int limit);

    /** The asset has an owner who can answer, but the review's owner cannot. */
    @SqlQuery("select 'orphaned' as kind, r.title as detail, r.opened_at as since" + REVIEW + REVIEWS + """
             where r.opened_at is not null and r.attested_at is null and r.missed_at is null and r.cancelled_at is null
               and r.missed_from > :now and r.owner_id is distinct from a.owner_id
               and (r.owner_id is null or""" + LEFT
            + " or " + UNREACHABLE + """
            ) order by r.opened_at, r.id limit :limit""")
    List<Row> listOrphaned(Instant now, int limit);

    @SqlQuery("""
            select 'held' as kind, v.title as what, '/plans/' || w.plan_id as href, cast(null as varchar) as owner,
                   cast(w.held as varchar) as detail, n.updated_at as since, count(*) over () as total
              from (select r.plan_id, count(*) as held, min(r.opens_at) as opens_at from review r
                     where r.held and r.opened_at is null and r.missed_at is null and r.cancelled_at is null
                       and r.attested_at is null
                     group by r.plan_id) w
              join plan n on n.id = w.plan_id
              join plan_version v on v.plan_id = n.id and v.plan_version = n.plan_version
             order by n.updated_at, n.id limit :limit""")
    List<Row> listHeld(int limit);

    /** Active plans with assets but without any expected review: the sweep is not doing its work. */
    @SqlQuery("""
            select 'no_slot' as kind, v.title as what, '/plans/' || n.id as href, cast(null as varchar) as owner,
                   n.id as detail, n.updated_at as since, count(*) over () as total
              from plan n join plan_version v on v.plan_id = n.id and v.plan_version = n.plan_version
             where n.once_on is null
               and exists (select 1 from enrolment e where e.plan_id = n.id and e.ended_at is null)
               and not exists (select 1 from review r where r.plan_id = n.id and r.due_on > :today
                                  and r.cancelled_at is null)
             order by n.updated_at, n.id limit :limit""")
    List<Row> listWithoutSlot(LocalDate today, int limit);

    /** What an auditor asked last and nobody has answered. */
    @SqlQuery("""
            select 'request' as kind, coalesce(p.name, r.actor_ref) as what, '/evidence/requests/' || r.subject_id as href,
                   cast(null as varchar) as owner, cast(null as varchar) as detail, r.recorded_at as since, count(*) over () as total
              from evidence_record r left join person p on p.actor_ref = r.actor_ref
             where r.rec_type in ('request.asked', 'request.reopened')
               and not exists (select 1 from evidence_record n
                                where n.subject_kind = 'request' and n.subject_id = r.subject_id and n.rec_id > r.rec_id)
             order by r.rec_id limit :limit""")
    List<Row> listRequests(int limit);

    @SqlQuery("""
            select 'mail' as kind, coalesce(p.name, o.to_address) as what, '/mails/' || cast(o.id as varchar) as href,
                   p.name as owner, o.about as detail, o.created_at as since, count(*) over () as total
              from outbox o left join person p on p.id = o.person_id
             where o.state in ('refused', 'bounced', 'uncertain') and o.created_at > :since
             order by o.created_at, o.id limit :limit""")
    List<Row> listMail(Instant since, int limit);

    @SqlQuery("""
            select 'waiver' as kind, a.name as what, '/waivers/W-' || w.waiver_number as href, p.name as owner,
                   w.check_id as detail, w.requested_at as since, count(*) over () as total
              from waiver w join asset a on a.id = w.asset_id left join person p on p.actor_ref = w.requested_by
             where w.approved is null and w.revoked_at is null and w.expired_at is null and w.until_on >= :today
             order by w.requested_at, w.id limit :limit""")
    List<Row> listWaiversAsked(LocalDate today, int limit);

    @SqlQuery("""
            select 'waiver_ending' as kind, a.name as what, '/waivers/W-' || w.waiver_number as href, p.name as owner,
                   w.check_id || ', ' || cast(w.until_on as varchar) as detail, w.decided_at as since, count(*) over () as total
              from waiver w join asset a on a.id = w.asset_id left join person p on p.id = a.owner_id
             where w.approved and w.revoked_at is null and w.expired_at is null and a.retired_at is null
               and w.until_on >= :today and w.until_on <= :until
               and not exists (select 1 from waiver r
                                where r.asset_id = w.asset_id and r.check_id = w.check_id and r.until_on > w.until_on
                                  and r.revoked_at is null and (r.approved is null or r.approved))
             order by w.until_on, w.id limit :limit""")
    List<Row> listWaiversEnding(LocalDate today, LocalDate until, int limit);
}
