package dev.ronde.reminder;

import dev.ronde.platform.text.Worded;

/** What a notice tells, to whom, in which kind of mail, and which record says that it was queued. */
public enum Topic implements Worded {
    ASSIGNED(Whom.HOLDER, "assignment", "review.assigned"),
    /** Seven working days before the due date. */
    SOON(Whom.HOLDER, "reminder", "review.reminded"),
    /** The working day before the due date. */
    LAST(Whom.HOLDER, "reminder", "review.reminded"),
    /** The due day, or the working day before it. */
    DUE(Whom.HOLDER, "reminder", "review.reminded"),
    /** Monday and Thursday while it is overdue. */
    OVERDUE(Whom.HOLDER, "reminder", "review.reminded"),
    REMINDED(Whom.HOLDER, "reminder", "review.reminded"),
    /** A second person did not accept the attestation. */
    REFUSED(Whom.HOLDER, "refusal", "review.reminded"),
    /** The old link is dead; here is the new one. */
    RELINK(Whom.ANYBODY, "reminder", "review.reminded"),
    ASKED(Whom.ASKED, "delegation", "review.assigned"),
    /** A request to take over ended without being accepted: whoever was asked, and who asked, is told. */
    LAPSED(Whom.ANYBODY, "lapse", "review.reminded"),
    /** Three working days overdue. */
    BACKUP(Whom.BACKUP, "escalation", "review.escalated"),
    /** Seven working days overdue. */
    MANAGER(Whom.MANAGER, "escalation", "review.escalated"),
    /** Fourteen working days overdue, then weekly. */
    LEAD(Whom.LEADS, "escalation", "review.escalated"),
    /** The owner said that they are away. */
    AWAY(Whom.BACKUP, "escalation", "review.escalated"),
    /** Mail to the owner comes back. */
    UNREACHED(Whom.BACKUP, "escalation", "review.escalated"),
    /** Mail to the owner comes back, and no backup owner can step in. */
    UNREACHED_LEAD(Whom.LEADS, "escalation", "review.escalated"),
    /** Mail to the owner came back again, and nothing is sent there any more. */
    UNREACHABLE(Whom.LEADS, "escalation", "review.escalated"),
    /** Mail to whoever was asked to take over comes back. */
    UNASKED(Whom.BACKUP_OR_LEADS, "escalation", "review.escalated"),
    PROBLEM(Whom.LEADS, "decision", "review.escalated"),
    NOT_MINE(Whom.LEADS, "decision", "review.escalated"),
    TIME_ASKED(Whom.LEADS, "decision", "review.escalated"),
    NO_OWNER(Whom.LEADS, "decision", "review.escalated"),
    APPROVAL(Whom.SIGNERS, "decision", "review.escalated"),
    MISSED(Whom.ANYBODY, "missed", "review.escalated"),
    /** Cause, action and recovery of a missed review are still not recorded; told every week. */
    RECOVERY(Whom.ANYBODY, "recovery", "review.escalated"),
    FOUND(Whom.ANYBODY, "finding", "mail.queued"),
    /** A waiver ends soon, or has ended. */
    ENDING(Whom.ANYBODY, "waiver", "mail.queued"),
    REQUESTED(Whom.ANYBODY, "request", "mail.queued"),
    /** A check has not seen anything for longer than its results stay fresh. */
    BLIND(Whom.ANYBODY, "blind", "mail.queued");

    /** Who holds the duty; for {@link #ANYBODY} the source of the notice says so. */
    enum Whom {
        HOLDER,
        ASKED,
        BACKUP,
        MANAGER,
        LEADS,
        BACKUP_OR_LEADS,
        SIGNERS,
        ANYBODY
    }

    private final Whom whom;
    private final String mailKind;
    private final String recordType;

    Topic(Whom whom, String mailKind, String recordType) {
        this.whom = whom;
        this.mailKind = mailKind;
        this.recordType = recordType;
    }

    /** Prefix of this topic's occasions, and key of its sentence in texts. */
    String key() {
        return word().replace('_', '-');
    }

    Whom whom() {
        return whom;
    }

    String mailKind() {
        return mailKind;
    }

    String recordType() {
        return recordType;
    }

    /** The topic that names the ladder this one is a step of; itself if it is a step of no other. */
    Topic ladder() {
        return switch (this) {
            case SOON, LAST, DUE, OVERDUE -> ASSIGNED;
            case BACKUP, MANAGER -> LEAD;
            default -> this;
        };
    }

    /** True if a later occasion takes the place of an earlier one. */
    boolean climbs() {
        return ladder() == ASSIGNED || ladder() == LEAD || decides() || this == ENDING;
    }

    /** Whether leads, or a second person, must decide something. */
    boolean decides() {
        return mailKind.equals("decision");
    }

    /** True if it does not wait for the next day's mail: it goes one level up, asks for a decision, or a lead asks again. */
    boolean atOnce() {
        return mailKind.equals("escalation") || decides() || this == REMINDED;
    }

    boolean tells() {
        return atOnce() || this == ASKED || this == REFUSED || this == RELINK;
    }

    /** True if it goes to the holder: the owner, their stand-in, or the person who took the review over. */
    boolean toHolder() {
        return whom == Whom.HOLDER;
    }

    boolean answerable() {
        return toHolder() || whom == Whom.BACKUP || this == RELINK;
    }

    /** True if it asks the owner to review; the owner's pause holds it back. */
    boolean asksOwner() {
        return this == ASSIGNED || this == REMINDED || repeats();
    }

    boolean repeats() {
        return this == SOON || this == LAST || this == DUE || this == OVERDUE;
    }
}
