package dev.ronde.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** What waits for a decision, each kind as its own list and its own count; the columns are those of {@link Decision}. */
interface DecisionDao {
    String COUNTED = "select count(*) from review r ";
    String LISTED = " from review r join asset a on a.id = r.asset_id left join person p on p.id = r.owner_id ";

    String REPORTED = """
             where (r.problem_at <= :now and r.attested_at is null
                    or (r.not_mine_at is not null or r.time_asked_at is not null)
                       and r.attested_at is null and r.missed_from > :now
                    or r.approval = 'pending')
               and r.cancelled_at is null""";

    @SqlQuery("""
            select case when r.approval = 'pending' then 'approval'
                        when r.not_mine_at is not null and r.missed_from > :now then 'not_mine'
                        when r.problem_at is not null then 'problem' else 'more_time' end as kind,
                   a.name as what, '/reviews/REV-' || r.review_number as href, p.name as owner,
                   case when r.approval is null and r.not_mine_at is null and r.problem_at is null
                        then cast(r.time_asked_until as varchar) end as detail,
                   coalesce(r.recorded_at, case when r.missed_from > :now then r.not_mine_at end, r.problem_at, r.time_asked_at) as since\s""" + LISTED + REPORTED + " order by since, r.id limit :limit")
    List<Decision> listReported(Instant now, int limit);

    @SqlQuery(COUNTED + REPORTED)
    long countReported(Instant now);

    String MISSED = """
             where r.missed_from <= :now and r.recovery is null
               and (r.attested_at is null or r.missed_at is not null and r.attested_at >= r.missed_from)
               and r.cancelled_at is null""";

    @SqlQuery("""
            select 'missed' as kind, a.name as what, '/reviews/REV-' || r.review_number as href, p.name as owner,
                   r.title as detail, r.missed_from as since\s""" + LISTED + MISSED + " order by r.missed_from, r.id limit :limit")
    List<Decision> listMissed(Instant now, int limit);

    @SqlQuery(COUNTED + MISSED)
    long countMissed(Instant now);

    String UNANSWERED = """
             where r.overdue_at <= :before and r.missed_from > :now
               and r.attested_at is null and r.cancelled_at is null
               and r.problem_at is null and r.not_mine_at is null and r.time_asked_at is null""";

    @SqlQuery("""
            select 'unanswered' as kind, a.name as what, '/reviews/REV-' || r.review_number as href,
                   p.name as owner, r.title as detail, r.overdue_at as since\s""" + LISTED + UNANSWERED + " order by r.overdue_at, r.id limit :limit")
    List<Decision> listUnanswered(Instant now, Instant before, int limit);

    @SqlQuery(COUNTED + UNANSWERED)
    long countUnanswered(Instant now, Instant before);

    String LEFT = " exists (select 1 from gone_person g where g.person_id = p.id) ";

    String UNOWNED = """
             from asset a left join person p on p.id = a.owner_id
             where a.retired_at is null
               and (a.owner_id is null or""" + LEFT + """
             or exists (select 1 from address_health h where h.person_id = p.id and h.state = 'unreachable'))""";

    @SqlQuery("""
            select case when a.owner_id is null or""" + LEFT + """
            then 'unowned' else 'unreachable' end as kind, a.name as what, '/assets/' || a.ref as href, p.name as owner, a.ref as detail,
                   coalesce((select g.since from gone_person g where g.person_id = p.id), p.updated_at, a.updated_at) as since\s""" + UNOWNED + " order by since, a.id limit :limit")
    List<Decision> listUnowned(int limit);

    @SqlQuery("select count(*) " + UNOWNED)
    long countUnowned();

    /** The asset has an owner who can answer, but the review's owner cannot. */
    String ORPHANED = """
             from review r join asset a on a.id = r.asset_id left join person p on p.id = r.owner_id
             where r.opened_at is not null and r.attested_at is null and r.missed_at is null and r.cancelled_at is null
               and r.missed_from > :now and r.owner_id is distinct from a.owner_id
               and (r.owner_id is null or""" + LEFT + """
             or exists (select 1 from address_health h where h.person_id = p.id and h.state = 'unreachable'))""";

    @SqlQuery("""
            select 'orphaned' as kind, a.name as what, '/reviews/REV-' || r.review_number as href, p.name as owner,
                   r.title as detail, r.opened_at as since\s""" + ORPHANED + " order by r.opened_at, r.id limit :limit")
    List<Decision> listOrphaned(Instant now, int limit);

    @SqlQuery("select count(*) " + ORPHANED)
    long countOrphaned(Instant now);

    String HELD = """
             from (select r.plan_id, count(*) as held, min(r.opens_at) as opens_at from review r
                    where r.held and r.opened_at is null and r.missed_at is null and r.cancelled_at is null
                      and r.attested_at is null
                    group by r.plan_id) w
             join plan n on n.id = w.plan_id
             join plan_version v on v.plan_id = n.id and v.plan_version = n.plan_version""";

    @SqlQuery("""
            select 'held' as kind, v.title as what, '/plans/' || w.plan_id as href, cast(null as varchar) as owner,
                   cast(w.held as varchar) as detail, n.updated_at as since\s""" + HELD + " order by n.updated_at, n.id limit :limit")
    List<Decision> listHeld(int limit);

    @SqlQuery("select count(*) " + HELD)
    long countHeld();

    /** Active plans with assets but without any expected review: the sweep is not doing its work. */
    String NO_SLOT = """
             from plan n join plan_version v on v.plan_id = n.id and v.plan_version = n.plan_version
             where n.once_on is null
               and exists (select 1 from enrolment e where e.plan_id = n.id and e.ended_at is null)
               and not exists (select 1 from review r where r.plan_id = n.id and r.due_on > :today
                                  and r.cancelled_at is null)""";

    @SqlQuery("""
            select 'no_slot' as kind, v.title as what, '/plans/' || n.id as href, cast(null as varchar) as owner,
                   n.id as detail, n.updated_at as since\s""" + NO_SLOT + " order by n.updated_at, n.id limit :limit")
    List<Decision> listWithoutSlot(LocalDate today, int limit);

    @SqlQuery("select count(*) " + NO_SLOT)
    long countWithoutSlot(LocalDate today);

    String MAIL = """
             from outbox o left join person p on p.id = o.person_id
             where o.state in ('refused', 'bounced', 'uncertain') and o.created_at > :since""";

    @SqlQuery("""
            select 'mail' as kind, coalesce(p.name, o.to_address) as what, '/mails/' || cast(o.id as varchar) as href,
                   p.name as owner, o.about as detail, o.created_at as since\s""" + MAIL + " order by o.created_at, o.id limit :limit")
    List<Decision> listMail(Instant since, int limit);

    @SqlQuery("select count(*) " + MAIL)
    long countMail(Instant since);

    String WAIVER_ASKED = """
             from waiver w join asset a on a.id = w.asset_id left join person p on p.actor_ref = w.requested_by
             where w.approved is null and w.revoked_at is null and w.expired_at is null and w.until_on >= :today""";

    @SqlQuery("""
            select 'waiver' as kind, a.name as what, '/waivers/W-' || w.waiver_number as href, p.name as owner,
                   w.check_id as detail, w.requested_at as since\s""" + WAIVER_ASKED + " order by w.requested_at, w.id limit :limit")
    List<Decision> listWaiversAsked(LocalDate today, int limit);

    @SqlQuery("select count(*) " + WAIVER_ASKED)
    long countWaiversAsked(LocalDate today);

    String WAIVER_ENDING = """
             from waiver w join asset a on a.id = w.asset_id left join person p on p.id = a.owner_id
             where w.approved and w.revoked_at is null and w.expired_at is null and a.retired_at is null
               and w.until_on >= :today and w.until_on <= :until
               and not exists (select 1 from waiver r
                                where r.asset_id = w.asset_id and r.check_id = w.check_id and r.until_on > w.until_on
                                  and r.revoked_at is null and (r.approved is null or r.approved))""";

    @SqlQuery("""
            select 'waiver_ending' as kind, a.name as what, '/waivers/W-' || w.waiver_number as href, p.name as owner,
                   w.check_id || ', ' || cast(w.until_on as varchar) as detail, w.decided_at as since\s""" + WAIVER_ENDING + " order by w.until_on, w.id limit :limit")
    List<Decision> listWaiversEnding(LocalDate today, LocalDate until, int limit);

    @SqlQuery("select count(*) " + WAIVER_ENDING)
    long countWaiversEnding(LocalDate today, LocalDate until);
}
