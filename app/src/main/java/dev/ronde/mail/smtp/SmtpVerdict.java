package dev.ronde.mail.smtp;

import dev.ronde.platform.text.Worded;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one attempt means for the message. */
public enum SmtpVerdict implements Worded {
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

    /** Sign-in is required, too weak, refused, or possible only under TLS (RFC 4954). */
    private static final Set<Integer> OF_SIGN_IN = Set.of(530, 534, 535, 538);

    /** The table of the mail design: phase, reply code and enhanced code decide, never the words of an exception. What is refused for
     * policy, or for who we are, is refused to us: another mail would fare no better, and this one may go once that is put right.
     *
     * @param code the reply code; 0 or less where the server said nothing
     * @param enhanced the enhanced status code (RFC 3463), where the server gave one */
    public static SmtpVerdict of(SmtpPhase phase, int code, @Nullable String enhanced) {
        boolean permanent = code >= 500;
        if (permanent && phase != SmtpPhase.CONNECT && (OF_SIGN_IN.contains(code) || policy(enhanced))) {
            return CHANNEL;
        }
        return switch (phase) {
            case BUILD -> REFUSED;
            case CONNECT, BODY -> RETRY;
            case AUTH, MAIL -> permanent ? CHANNEL : RETRY;
            case RCPT, DATA_CMD -> permanent ? REFUSED : RETRY;
            case EOD_SENT -> permanent ? REFUSED : code > 0 ? RETRY : UNCERTAIN;
        };
    }

    private static boolean policy(@Nullable String enhanced) {
        return enhanced != null
                && (enhanced.startsWith("5.7.") || enhanced.equals("5.1.7") || enhanced.equals("5.1.8"));
    }
}
