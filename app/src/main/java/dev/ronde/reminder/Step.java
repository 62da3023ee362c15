package dev.ronde.reminder;

import java.util.Locale;

/** What sort of notice it is. */
public enum Step {
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
    LEAD,
    /** Somebody is asked to take over. */
    ASKED,
    /** A request to take over ended without being accepted: whoever was asked, and who asked, is told. */
    LAPSED,
    /** The lead must decide: a problem, a wrong owner, no owner. */
    DECISION,
    /** A second person did not accept the attestation; the owner is told. */
    REFUSED,
    /** The window closed; the lead is told. */
    MISSED,
    /** Cause, action and recovery of a missed review are still not recorded; the lead is told every week. */
    RECOVERY,
    /** A check found something. */
    FOUND,
    /** A waiver ends soon. */
    ENDING,
    /** Somebody asked for a waiver; who may decide on it is told. */
    REQUESTED,
    /** A check has not seen anything for longer than its results stay fresh. */
    BLIND,
    /** The old link is dead; here is the new one. */
    RELINK;

    /** The word in the database and in message keys. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it tells one level up. */
    boolean escalates() {
        return this == BACKUP || this == MANAGER || this == LEAD;
    }

    /** Whether it tells what somebody said or wants, beside that the review is there. */
    boolean tells() {
        return this == DECISION || this == ASKED || this == REFUSED;
    }

    /** Whether it goes to whoever has the review: the owner of the asset, who stands in for them, or who took it over. */
    boolean toHolder() {
        return this == ASSIGNED || this == REFUSED || repeats();
    }

    /** Whether it repeats what the owner was told before. */
    boolean repeats() {
        return this == SOON || this == LAST || this == DUE || this == OVERDUE;
    }
}
