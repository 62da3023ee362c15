package dev.ronde.account;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** When people are away. From the first day on, their reviews go to the backup owner. */
record Absences(InstantSource clock, PersonRecords records) {
    private static final int LONGEST_DAYS = 400;
    private static final int NOTE_LIMIT = 500;

    public List<Absence> list(Handle handle, UUID personId) {
        return handle.attach(AbsenceDao.class).listByPerson(personId);
    }

    /**
     * Plans one.
     *
     * @throws Problem 422 for days that are missing, in the wrong order, over already, or more than 400
     */
    public Absence plan(
            Handle tx,
            Person person,
            @Nullable LocalDate from,
            @Nullable LocalDate until,
            @Nullable String note,
            Actor by) {
        if (from == null) {
            throw Problem.invalid("/from", "required", "Give the first day, such as 2026-08-03.");
        }
        LocalDate today = LocalTimes.dayOf(clock.instant(), person.zone());
        if (until == null
                || until.isBefore(from)
                || until.isBefore(today)
                || until.isAfter(from.plusDays(LONGEST_DAYS))) {
            throw Problem.invalid(
                    "/until",
                    until == null ? "required" : "bad_value",
                    "Give the last day: not before the first, not over already, at most " + LONGEST_DAYS
                            + " days later.");
        }
        String said = note == null || note.isBlank() ? null : note.strip();
        if (said != null && said.length() > NOTE_LIMIT) {
            throw Problem.invalid("/note", "too_long", "Shorten the note to " + NOTE_LIMIT + " characters.");
        }
        Absence absence = new Absence(Ids.next(clock), person.id(), from, until, said, clock.instant(), by.ref(), null);
        tx.attach(AbsenceDao.class).insert(absence);
        records.away(tx, person, absence, "person.absence-planned", by);
        return absence;
    }

    /**
     * Calls one off, or ends it early.
     *
     * @throws Problem 404 without it, 409 where it has ended already
     */
    public Absence end(Handle tx, Person person, UUID id, Actor by) {
        AbsenceDao dao = tx.attach(AbsenceDao.class);
        Absence absence = dao.find(id, person.id()).orElseThrow(() -> Problem.notFound("absence", id));
        if (dao.end(id, clock.instant()) == 0) {
            throw Problem.conflict("already_ended", "This absence has ended already.");
        }
        records.away(tx, person, absence, "person.absence-ended", by);
        return dao.find(id, person.id()).orElseThrow();
    }

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
}
