package dev.ronde.mail.smtp;

/** What one attempt means for the message. */
public enum SmtpVerdict {
    /** The server took responsibility for the message. */
    ACCEPTED,
    /** Nothing was taken; the same message may be sent again later. */
    RETRY,
    /** The server will never take this message for this person. */
    REFUSED,
    /** The message may or may not have been taken. */
    UNCERTAIN,
    /** The server refuses us, not the person: the channel must be put right. */
    CHANNEL;

    /** The table of the mail design: phase and reply code decide, never the text of an exception.
     *
     * @param code the reply code; 0 or less where the server said nothing */
    public static SmtpVerdict of(SmtpPhase phase, int code) {
        boolean permanent = code >= 500;
        return switch (phase) {
            case BUILD -> REFUSED;
            case CONNECT, BODY -> RETRY;
            case AUTH, MAIL -> permanent ? CHANNEL : RETRY;
            case RCPT, DATA_CMD -> permanent ? REFUSED : RETRY;
            case EOD_SENT -> permanent ? REFUSED : code > 0 ? RETRY : UNCERTAIN;
        };
    }
}
