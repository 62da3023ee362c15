package dev.ronde.review.plan;

import dev.ronde.platform.text.Worded;

/** How sure we are of who attested, weakest first. */
public enum Assurance implements Worded {
    MAIL_LINK,
    TOKEN,
    MAIL_CODE,
    /** A person signed in with their account, or at the command line of the server. */
    SIGNED_IN;

    public boolean reaches(Assurance required) {
        return compareTo(required) >= 0;
    }
}
