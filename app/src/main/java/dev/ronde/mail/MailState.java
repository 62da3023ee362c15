package dev.ronde.mail;

import dev.ronde.platform.text.Worded;

/** What became of a mail. */
public enum MailState implements Worded {
    QUEUED,
    SENDING,
    ACCEPTED,
    /** The server said later; it will be tried again. */
    RETRY,
    /** It will never be taken: the address or the message was refused. */
    REFUSED,
    UNCERTAIN,
    /** The duty it told of was gone before it was sent. */
    CANCELLED,
    /** A later mail says what this one would have said. */
    SUPERSEDED,
    /** It could not be sent while it still made sense. */
    EXPIRED,
    /** The brake stopped it until a lead decides. */
    HELD,
    /** It was taken, and came back. */
    BOUNCED;

    public boolean settled() {
        return switch (this) {
            case QUEUED, SENDING, RETRY, HELD -> false;
            case ACCEPTED, REFUSED, UNCERTAIN, CANCELLED, SUPERSEDED, EXPIRED, BOUNCED -> true;
        };
    }
}
