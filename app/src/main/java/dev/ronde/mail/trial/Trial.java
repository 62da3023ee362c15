package dev.ronde.mail.trial;

import dev.ronde.mail.smtp.SmtpVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One mail to our own reply address, and what came back.
 *
 * @param tag what the address of an answer carries, made like a handle; it opens nothing
 * @param bounceTag what the address of reports carries
 * @param messageId with angle brackets
 * @param verdict word of an {@link SmtpVerdict}, or {@link #SENDING}
 * @param outcome {@link #ARRIVED}, {@link #BOUNCED}, or absent while nothing came back
 * @param mailId the message in the inbox that came back
 * @param headerText its header fields that matter, one a line, topmost first
 */
public record Trial(
        UUID id,
        String tag,
        String bounceTag,
        String messageId,
        String sentTo,
        String server,
        String verdict,
        String phase,
        int smtpCode,
        String answer,
        Instant sentAt,
        @Nullable String outcome,
        @Nullable Instant returnedAt,
        @Nullable UUID mailId,
        @Nullable String headerText) {
    /** Between the row and the mail server's answer. */
    static final String SENDING = "sending";
    /** It came back as it was sent. */
    static final String ARRIVED = "arrived";
    /** A report came back that it cannot be delivered. */
    static final String BOUNCED = "bounced";
    /** After so long nothing more is expected. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Whether the mail server took it, as far as is known. */
    public boolean left() {
        return verdict.equals(word(SmtpVerdict.ACCEPTED)) || verdict.equals(word(SmtpVerdict.UNCERTAIN));
    }

    /** Whether something may still come back. */
    public boolean pending(Instant now) {
        return outcome == null && (left() || verdict.equals(SENDING)) && now.isBefore(sentAt.plus(PATIENCE));
    }

    static String word(SmtpVerdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
