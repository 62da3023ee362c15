package dev.ronde.mail;

import dev.ronde.platform.text.Worded;

/** Decides whether the brake counts a mail, and whether it is sent again when its arrival is unknown. */
public enum MailClass implements Worded {
    /** A duty somebody gets: assignment, request to take over. */
    ASSIGNMENT(true, true),
    /** Says again what was said; the next rung covers a lost one. */
    REMINDER(true, false),
    /** Tells one level up. */
    ESCALATION(true, true),
    /** Many in one. */
    DIGEST(true, false),
    /** Something was found. */
    NOTICE(true, true),
    /** Confirms what the person just did; leaves at once at any hour. */
    RECEIPT(false, false),
    /** A code that is good for minutes; leaves at once at any hour, and a lost one is asked for again. */
    CODE(false, false),
    /** Goes to no owner: checkpoint mails, tests. */
    SERVICE(false, false);

    private final boolean braked;
    private final boolean sentAgain;

    MailClass(boolean braked, boolean sentAgain) {
        this.braked = braked;
        this.sentAgain = sentAgain;
    }

    public boolean braked() {
        return braked;
    }

    /** Whether it is sent once more, with the same Message-ID, when nobody knows whether it arrived. */
    public boolean sentAgain() {
        return sentAgain;
    }
}
