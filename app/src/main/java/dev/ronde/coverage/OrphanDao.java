package dev.ronde.coverage;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Statements on what nobody can answer for. {@code place} is the order of {@link Orphan.Kind}. */
interface OrphanDao {

    String UNREACHABLE = "exists (select 1 from address_health h where h.person_id = p.id and h.state = 'unreachable')";

    String LEFT = " exists (select 1 from gone_person g where g.person_id = p.id) ";

    String LOST = "(p.id is null or " + LEFT + " or " + UNREACHABLE + ")";

    String WHO = """
             p.email as owner, p.id as person_id,
             case when p.id is null then 'NO_OWNER' when""" + LEFT + """
             then 'LEFT' else 'UNREACHABLE' end as reason,
             case when p.id is null then a.updated_at when""" + LEFT + """
             then (select g.since from gone_person g where g.person_id = p.id)
                  else coalesce((select min(h.first_hard_at) from address_health h
                                  where h.person_id = p.id and h.state = 'unreachable'), p.updated_at) end as since
            """;

    String ALL = "select 0 as place, 'REVIEW' as kind, 'REV-' || r.review_number as subject, a.name, a.ref as asset,"
            + WHO
            + """
            , 1 as assets
              from review r join asset a on a.id = r.asset_id left join person p on p.id = r.owner_id
             where r.opened_at is not null and r.attested_at is null and r.missed_at is null and r.cancelled_at is null
               and r.missed_from > :now and\s""" + LOST
            + " union all select 1, 'FINDING', cast(f.id as varchar), a.name, a.ref," + WHO + """
            , 1
              from finding f join asset a on a.id = f.asset_id left join person p on p.id = a.owner_id
             where f.fixed_at is null and a.retired_at is null and\s""" + LOST
            + " union all select 2, 'ASSET', a.ref, a.name, a.ref," + WHO + """
            , 1
              from asset a left join person p on p.id = a.owner_id
             where a.retired_at is null and\s""" + LOST + """
             union all select 3, 'PLAN', x.plan_id, v.title, cast(null as varchar), cast(null as varchar), cast(null as uuid),
                    min(x.reason), min(x.since), count(*)
               from (select e.plan_id,""" + WHO + """
                       from enrolment e join asset a on a.id = e.asset_id left join person p on p.id = a.owner_id
                      where e.ended_at is null and a.retired_at is null and\s""" + LOST + """
                    ) x
               join plan n on n.id = x.plan_id
               join plan_version v on v.plan_id = n.id and v.plan_version = n.plan_version
              group by x.plan_id, v.title
            """;

    String MATCHING = """
             where (cast(:kind as varchar) is null or o.kind = :kind)
               and (cast(:reason as varchar) is null or o.reason = :reason)
            """;

    @SqlQuery(
            "select o.kind, o.subject, o.name, o.asset, o.owner, o.person_id, o.reason, o.since, o.assets from (" + ALL
                    + ") o" + MATCHING + """
               and (o.place > :afterPlace or o.place = :afterPlace and o.subject > :afterSubject)
             order by o.place, o.subject limit :limit
            """)
    List<Orphan> list(
            Instant now,
            @Nullable String kind,
            @Nullable String reason,
            int afterPlace,
            String afterSubject,
            int limit);

    record Count(Orphan.Kind kind, long orphans) {}

    @SqlQuery("select o.kind, count(*) as orphans from (" + ALL + ") o" + MATCHING + " group by o.kind order by o.kind")
    List<Count> count(Instant now, @Nullable String kind, @Nullable String reason);
}
