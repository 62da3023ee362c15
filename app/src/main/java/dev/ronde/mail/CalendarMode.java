package dev.ronde.mail;

/** How a due date travels with mails; the value of {@code RONDE_MAIL_CALENDAR}. */
public enum CalendarMode {
    /** Not at all. */
    NONE,
    /** As a file with the assignment. */
    ATTACH,
    /** As an invitation the calendar takes up by itself and drops when the review needs nothing more. */
    INVITE
}
