package dev.ronde.platform.http;

import java.util.Locale;

/** Through which door somebody acted. */
public enum Channel {
    /** Signed in, on a page. */
    PAGE,
    /** With an API token. */
    API,
    /** From the link in a mail. */
    LINK,
    /** By answering a mail. */
    REPLY,
    /** On the command line of this machine. */
    COMMAND,
    /** The product itself. */
    SYSTEM;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
