package dev.ronde.dashboard;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** Counts of reviews and findings, and the days on which reviews become due. */
interface FigureDao {
    record ReviewCounts(
            long waiting, long overdue, @Nullable LocalDate oldestDueOn) {}

    @SqlQuery("""
            select count(*) as waiting,
                   count(case when r.overdue_at <= :now then 1 end) as overdue,
                   min(case when r.overdue_at <= :now then r.due_on end) as oldest_due_on
              from review r
             where r.attested_at is null and r.cancelled_at is null and r.missed_at is null and r.missed_from > :now
               and (r.opened_at is not null or r.overdue_at <= :now)
               and (cast(:person as uuid) is null
                    or r.owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid)))""")
    ReviewCounts countReviews(Instant now, @Nullable UUID person);

    record DueDay(LocalDate dueOn, long due) {}

    @SqlQuery("""
            select due_on, count(*) as due
              from review
             where due_on >= :from and due_on < :to
               and attested_at is null and cancelled_at is null and missed_at is null
               and (cast(:person as uuid) is null
                    or owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid)))
             group by due_on""")
    List<DueDay> listDueDays(LocalDate from, LocalDate to, @Nullable UUID person);

    record FindingCounts(long open, long assets, long recent) {}

    @SqlQuery("""
            select count(*) as open, count(distinct f.asset_id) as assets,
                   count(case when f.detected_at > :since then 1 end) as recent
              from finding f join asset a on a.id = f.asset_id
             where f.open_key is not null and a.retired_at is null
               and (cast(:person as uuid) is null
                    or a.id in (select m.asset_id from answers_for m where m.person_id = cast(:person as uuid)))""")
    FindingCounts countFindings(Instant since, @Nullable UUID person);

    /** The longest open finding, counted from the first failing run. */
    record Longest(
            UUID id,
            String ref,
            String assetName,
            String checkId,
            Instant firstBadAt,
            @Nullable Instant lastGoodAt) {}

    @SqlQuery("""
            select f.id, a.ref, a.name as asset_name, f.check_id, f.first_bad_at, f.last_good_at
              from finding f join asset a on a.id = f.asset_id
             where f.open_key is not null and a.retired_at is null
               and (cast(:person as uuid) is null
                    or a.id in (select m.asset_id from answers_for m where m.person_id = cast(:person as uuid)))
             order by f.first_bad_at, f.id
             limit 1""")
    List<Longest> listLongest(@Nullable UUID person);
}
