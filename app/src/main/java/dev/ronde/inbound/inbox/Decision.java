package dev.ronde.inbound.inbox;

import dev.ronde.platform.text.Worded;

/** What was decided about a message. */
public enum Decision implements Worded {
    EXECUTED,
    /** Somebody was asked, at the address on file, whether it is meant. */
    CHALLENGED,
    COMMENTED,
    /** It was understood and could not be done; the person was told why. */
    REJECTED,
    /** A program wrote it, or it is a mail of ours; nothing was done. */
    IGNORED,
    NOTED,
    /** Somebody wrote under another's name; nothing was done. */
    QUARANTINED,
    /** Nobody knows what it answers. */
    UNMATCHED,
    /** It could not be decided; the program failed on it three times. */
    FAILED;
}
