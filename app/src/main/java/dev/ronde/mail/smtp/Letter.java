package dev.ronde.mail.smtp;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mail to one person, ready to be sent. Names and subject are cleaned here, so that no stored name can break a
 * header or stop the queue.
 *
 * @param messageId with angle brackets
 * @param from the address of the sender and of the envelope
 * @param html absent for a mail that is text only
 * @param replyTo where answers go; absent: to {@code from}
 * @param file goes with it; absent: none
 */
public record Letter(
        String messageId,
        Instant date,
        String fromName,
        String from,
        String toName,
        String to,
        String subject,
        String text,
        @Nullable String html,
        Map<String, String> headers,
        @Nullable String replyTo,
        String envelopeFrom,
        @Nullable LetterFile file) {

    public Letter {
        fromName = CleanText.line(fromName);
        toName = CleanText.line(toName);
        subject = CleanText.line(subject);
    }
}
