package dev.ronde.reminder;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One step of the ladder for one person.
 *
 * @param key its name in the notice row, unique per review and person, such as {@code d-7} or {@code overdue-2026-03-16}
 * @param at from when it may be told
 */
record Rung(String key, Step step, Instant at) {

    /** What sort of step it is. */
    enum Step {
        /** The review became this person's. */
        ASSIGNED,
        /** Seven working days before the due date. */
        SOON,
        /** The working day before the due date. */
        LAST,
        /** The due day. */
        DUE,
        /** Monday and Thursday while it is overdue. */
        OVERDUE,
        /** Three working days overdue: the backup owner. */
        BACKUP,
        /** Seven working days overdue: the manager. */
        MANAGER,
        /** Fourteen working days overdue, then weekly: the compliance lead. */
        LEAD;

        /** Whether it tells one level up. */
        boolean escalates() {
            return this == BACKUP || this == MANAGER || this == LEAD;
        }
    }

    static Rung of(Step step, Instant at) {
        String key = switch (step) {
            case ASSIGNED -> "assigned";
            case SOON -> "d-7";
            case LAST -> "d-1";
            case DUE -> "due";
            case OVERDUE -> "overdue";
            case BACKUP -> "backup";
            case MANAGER -> "manager";
            case LEAD -> "lead";
        };
        return new Rung(key, step, at);
    }

    static Rung on(Step step, LocalDate date, Instant at) {
        return new Rung(of(step, at).key() + "-" + date, step, at);
    }
}
