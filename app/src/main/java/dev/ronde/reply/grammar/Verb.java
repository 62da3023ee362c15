package dev.ronde.reply.grammar;

import java.util.Locale;

/** What an answer can ask for. */
public enum Verb {
    /** It is done: attest without a change. */
    DONE,
    /** It was received. */
    ACKNOWLEDGE,
    /** Somebody else shall do it. */
    DELEGATE,
    /** Something is wrong. */
    PROBLEM,
    /** It belongs to somebody else. */
    NOT_MINE,
    /** Later. */
    SNOOZE,
    /** How does this work? */
    HELP,
    /** Take the attestation back. */
    UNDO,
    /** Fewer mails. */
    STOP,
    /** Everything in a digest at once; never done without another look. */
    ALL;

    /** The word in the database, the API and the pages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it changes more than a pause in the mails: such an answer must be sure of who sends it. */
    public boolean weighty() {
        return this == DONE || this == DELEGATE || this == SNOOZE || this == UNDO || this == NOT_MINE;
    }
}
