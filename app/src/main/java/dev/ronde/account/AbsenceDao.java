package dev.ronde.account;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

interface AbsenceDao {
    String COLUMNS = "id, person_id, from_on, until_on, note, created_at, created_by, ended_at";

    @SqlQuery("select " + COLUMNS
            + " from planned_leave where person_id = :personId order by from_on desc, id desc limit 100")
    List<Absence> listByPerson(UUID personId);

    @SqlQuery("select " + COLUMNS + " from planned_leave where id = :id and person_id = :personId")
    Optional<Absence> find(UUID id, UUID personId);

    /** The last day of the leave that covers this day; empty if there is none. */
    @SqlQuery("""
            select max(until_on) from planned_leave
             where person_id = :personId and ended_at is null and from_on <= :day and until_on >= :day
            """)
    Optional<LocalDate> findUntil(UUID personId, LocalDate day);

    @SqlQuery("""
            select distinct person_id from planned_leave
             where ended_at is null and from_on <= :until and until_on >= :from
             order by person_id
            """)
    List<UUID> listAway(LocalDate from, LocalDate until);

    @SqlUpdate("""
            insert into planned_leave (id, person_id, from_on, until_on, note, created_at, created_by)
            values (:id, :personId, :fromOn, :untilOn, :note, :createdAt, :createdBy)
            """)
    void insert(@BindMethods Absence absence);

    @SqlUpdate("update planned_leave set ended_at = :now where id = :id and ended_at is null")
    int end(UUID id, Instant now);
}
