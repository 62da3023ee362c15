package dev.ronde.review.standing;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindList;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Statements on where assets stand at an instant, each over the row {@code asset}. */
interface StandingDao {
    /** A plan expects reviews of it again and again; a single-date plan promises nothing after its date. */
    String RUNNING = """
            exists (select 1 from enrolment e
                     where e.asset_id = asset.id and e.enrolled_on <= :tomorrow
                       and (e.ended_at is null or e.ended_at > :now)
                       and e.plan_id not in (select o.id from plan o where o.once_on is not null))""";

    /**
     * Over a row {@code review r} of an enrolment: it is overdue or missed, and nothing that was attested makes up for it: it or a later
     * one of the same cause, or, where it was asked for between the rounds, any since it was.
     */
    String OVERDUE = """
            (r.overdue_at <= :now and (r.cancelled_at is null or r.cancelled_at > :now)
             and not exists (select 1 from review l
                              where l.enrolment_id = r.enrolment_id and l.attested_at <= :now
                                and (l.cause = r.cause and l.slot_no >= r.slot_no
                                     or r.cause <> 'scheduled' and l.attested_at >= r.opens_at)))""";

    String LATE = """
            exists (select 1 from enrolment e join review r on r.enrolment_id = e.id
                     where e.asset_id = asset.id and e.enrolled_on <= :tomorrow
                       and (e.ended_at is null or e.ended_at > :now)
                       and""" + " " + OVERDUE + ")";

    /** Late now, but starts from the few waiting reviews instead of from every asset. */
    String LATE_NOW = """
            asset.id in (select e.asset_id from review r join enrolment e on e.id = r.enrolment_id
                          where r.attested_at is null and r.overdue_at <= :now and r.cancelled_at is null
                            and e.enrolled_on <= :tomorrow and (e.ended_at is null or e.ended_at > :now)
                            and not exists (select 1 from review l
                                             where l.enrolment_id = r.enrolment_id and l.attested_at is not null
                                               and (l.cause = r.cause and l.slot_no > r.slot_no
                                                    or r.cause <> 'scheduled' and l.attested_at >= r.opens_at)))""";

    String REVIEWED = """
            (asset.last_review_on is not null
             or exists (select 1 from review r where r.asset_id = asset.id and r.attested_at <= :now))""";

    /** The first fitting {@link ReviewStanding}; evaluated per asset, so a list stops after its last line. */
    String STANDING = "case when not " + RUNNING + " then 'no_plan' when " + LATE + " then 'late' when " + REVIEWED
            + " then 'in_date' else 'not_yet' end";

    String PRESENT =
            " from asset where asset.created_at <= :now and (asset.retired_at is null or asset.retired_at > :now)";

    record Count(String standing, long assets) {}

    @SqlQuery("select standing, count(*) as assets from (select " + STANDING + " as standing" + PRESENT
            + ") s group by standing")
    List<Count> count(@Bind("now") Instant at, @Bind("tomorrow") LocalDate tomorrow);

    @SqlQuery("select standing, count(*) as assets from (select " + STANDING + " as standing" + PRESENT + """
             and asset.id in (select f.asset_id from answers_for f where f.person_id = :person)) s group by standing""")
    List<Count> countOf(@Bind("now") Instant at, @Bind("tomorrow") LocalDate tomorrow, @Bind("person") UUID person);

    record Row(
            UUID id,
            String standing,
            @Nullable Instant attestedAt,
            @Nullable LocalDate nextOn) {}

    @SqlQuery("select asset.id, " + STANDING + " as standing" + """
            , (select max(r.attested_at) from review r where r.asset_id = asset.id and r.attested_at <= :now) as attested_at,
              (select min(r.due_on) from review r
                where r.asset_id = asset.id and r.attested_at is null and r.cancelled_at is null
                  and r.missed_at is null and r.missed_from > :now) as next_on
              from asset where asset.id in (<ids>)""")
    List<Row> list(
            @BindList("ids") Collection<UUID> ids, @Bind("now") Instant at, @Bind("tomorrow") LocalDate tomorrow);
}
