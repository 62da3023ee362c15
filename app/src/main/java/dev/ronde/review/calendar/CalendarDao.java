package dev.ronde.review.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

interface CalendarDao {
    String FEEDS = """
            select f.id, f.name, p.email as person, f.everybody, f.plan_id as plan, f.created_at, f.read_at,
                   cast(null as varchar) as url, f.person_id, f.version
              from calendar_feed f join person p on p.id = f.person_id
            """;

    @SqlQuery(FEEDS + " where f.token_hash = :tokenHash and f.revoked_at is null")
    Optional<CalendarFeed> findLive(String tokenHash);

    @SqlQuery(FEEDS + " where f.id = :id")
    Optional<CalendarFeed> find(UUID id);

    @SqlQuery(FEEDS + """
             where f.revoked_at is null and (cast(:personId as uuid) is null or f.person_id = cast(:personId as uuid))
             order by f.created_at desc, f.id desc""")
    List<CalendarFeed> live(@Nullable UUID personId);

    @SqlUpdate("""
            insert into calendar_feed (id, person_id, name, everybody, plan_id, token_hash, created_at, version)
            values (:id, :personId, :name, :everybody, :planId, :tokenHash, :now, 1)""")
    void insert(
            UUID id,
            UUID personId,
            String name,
            boolean everybody,
            @Nullable String planId,
            String tokenHash,
            Instant now);

    @SqlUpdate(
            "update calendar_feed set revoked_at = :now, version = version + 1 where id = :id and revoked_at is null")
    int revoke(UUID id, Instant now);

    @SqlUpdate("update calendar_feed set read_at = :now where id = :id and (read_at is null or read_at < :before)")
    int touch(UUID id, Instant now, Instant before);

    @SqlQuery("select count(*) from plan where id = :id")
    int plans(String id);

    /** Includes the person's teams; an unopened review is its asset owner's; held ones are left out. */
    @SqlQuery("""
            select r.id, r.review_number, r.version, r.due_on, a.ref as asset_ref, a.name as asset_name,
                   coalesce(r.title, v.title) as title, r.missed_from, r.attested_at, r.missed_at, r.cancelled_at,
                   r.changed_at, a.updated_at as asset_changed_at
              from review r
              join asset a on a.id = r.asset_id
              join plan_version v on v.plan_id = r.plan_id and v.plan_version = r.plan_version
             where r.due_on >= :from and r.due_on <= :to and r.held = false
               and (cast(:person as uuid) is null or r.owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid))
                    or (r.opened_at is null and r.owner_id is null
                        and a.owner_id in (select s.owner_id from stands_for s where s.person_id = cast(:person as uuid))))
               and (cast(:plan as varchar) is null or r.plan_id = :plan)
             order by r.due_on, r.review_number
             limit :limit""")
    List<DueDate> dueDates(LocalDate from, LocalDate to, @Nullable UUID person, @Nullable String plan, int limit);
}
