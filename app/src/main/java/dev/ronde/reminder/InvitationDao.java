package dev.ronde.reminder;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface InvitationDao {

    /** What a calendar was told last.
     *
     * @param takenOff whether it was told that nothing is expected any more */
    record Told(UUID reviewId, UUID personId, LocalDate dueOn, boolean takenOff, Instant toldAt) {}

    /** A calendar that shows what is no longer so.
     *
     * @param expected whether the date belongs into it */
    record Stale(UUID reviewId, long reviewNumber, long version, UUID personId, boolean expected) {}

    @SqlQuery("""
            select review_id, person_id, due_on, taken_off, told_at from calendar_invitation
             where review_id = :reviewId and person_id = :personId
            """)
    Optional<Told> find(UUID reviewId, UUID personId);

    @SqlUpdate("""
            update calendar_invitation set due_on = :dueOn, taken_off = :takenOff, told_at = :toldAt
             where review_id = :reviewId and person_id = :personId
            """)
    int update(@BindMethods Told told);

    @SqlUpdate("""
            insert into calendar_invitation (review_id, person_id, due_on, taken_off, told_at)
            values (:reviewId, :personId, :dueOn, :takenOff, :toldAt)
            """)
    void insert(@BindMethods Told told);

    /** Calendars told after the instant that show an ended review, a wrong day, or lack one that waits again. */
    @SqlQuery("""
            select r.id as review_id, r.review_number, r.version, i.person_id,
                   (r.attested_at is null and r.missed_at is null and r.cancelled_at is null
                    and r.owner_id is not null and r.owner_id = i.person_id) as expected
              from calendar_invitation i join review r on r.id = i.review_id
             where i.told_at > :since
               and case when r.attested_at is null and r.missed_at is null and r.cancelled_at is null
                             and r.owner_id = i.person_id
                        then i.taken_off or r.due_on <> i.due_on
                        else not i.taken_off end
             order by r.id, i.person_id limit :limit
            """)
    List<Stale> listStale(Instant since, int limit);
}
