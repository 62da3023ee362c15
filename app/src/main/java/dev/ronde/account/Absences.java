package dev.ronde.account;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.evidence.Actor;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
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
}
