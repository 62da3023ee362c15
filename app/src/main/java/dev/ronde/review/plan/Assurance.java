package dev.ronde.review.plan;

import java.util.Locale;

/** How sure we are of who attested, weakest first. */
public enum Assurance {
    MAIL_LINK,
    TOKEN,
    MAIL_CODE,
    /** A person signed in with their account, or at the command line of the server. */
    SIGNED_IN;

    /** True when this level is at least the one asked for. */
    public boolean reaches(Assurance required) {
        return compareTo(required) >= 0;
    }

    /** The word of plan files and of the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
