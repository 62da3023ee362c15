package dev.ronde.coverage;

import dev.ronde.review.standing.Standings;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Statements on what is known of checks on assets in the inventory; a person narrows them to what that person answers for. */
interface PairDao {
    String MINE = """
             and (cast(:person as uuid) is null
                  or a.id in (select f.asset_id from answers_for f where f.person_id = cast(:person as uuid)))
            """;

    record Count(String checkId, String outcome, long pairs, long stale) {}

    record Pair(UUID assetId, String checkId) {}

    @SqlQuery("""
            select s.check_id, s.outcome, count(*) as pairs, count(case when s.fresh_until <= :now then 1 end) as stale
              from check_state s join asset a on a.id = s.asset_id
             where a.retired_at is null
            """ + MINE + " group by s.check_id, s.outcome order by s.check_id, s.outcome")
    List<Count> count(@Bind("now") Instant now, @Bind("person") @Nullable UUID person);

    @SqlQuery("""
            select distinct s.asset_id from check_state s join asset a on a.id = s.asset_id
             where s.outcome = 'fail' and a.retired_at is null and s.asset_id > :after
            """ + MINE + " order by s.asset_id limit :limit")
    List<UUID> listFailing(@Bind("after") UUID after, @Bind("person") @Nullable UUID person, @Bind("limit") int limit);

    @SqlQuery("""
            select asset_id, check_id from check_state
             where outcome = 'fail' and asset_id in (<assetIds>) order by asset_id, check_id
            """)
    List<Pair> listFailures(@BindList("assetIds") Collection<UUID> assetIds);

    /** The assets on which the check passes with a parameter of their own. */
    @SqlQuery("""
            select s.asset_id from check_state s join asset a on a.id = s.asset_id
             where s.check_id = :checkId and s.outcome = 'pass' and s.fresh_until > :now and a.retired_at is null
               and a.tags like '%"param:' || :checkId || '.%'
            """ + MINE + " order by s.asset_id")
    List<UUID> listPassingWithOwnParameters(
            @Bind("checkId") String checkId, @Bind("now") Instant now, @Bind("person") @Nullable UUID person);

    record Standing(String planId, long inDate, long late, long notYet) {}

    @SqlQuery("""
            select plan_id, count(case when standing = 'in_date' then 1 end) as in_date,
                   count(case when standing = 'late' then 1 end) as late,
                   count(case when standing = 'not_yet' then 1 end) as not_yet
              from (select e.plan_id, case
                      when exists (select 1 from review r
                                    where r.enrolment_id = e.id and""" + " " + Standings.OVERDUE + """
            ) then 'late'
                      when exists (select 1 from review r where r.enrolment_id = e.id and r.attested_at <= :now) then 'in_date'
                      else 'not_yet' end as standing
                      from enrolment e join asset a on a.id = e.asset_id
                     where a.retired_at is null and (e.ended_at is null or e.ended_at > :now)
            """ + MINE + ") s group by plan_id order by plan_id")
    List<Standing> listStandings(@Bind("now") Instant now, @Bind("person") @Nullable UUID person);
}
