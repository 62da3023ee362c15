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
 * @param headers further headers, in this order
 * @param date when it is sent, by the product's clock
 * @param html absent for a mail that is text only
 * @param replyTo where answers go; absent: to {@code from}
 * @param envelopeFrom where reports about it go
 * @param enclosed a file or an invitation that goes with it
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
        @Nullable Enclosure enclosed) {

    /**
     * A text that goes with a letter.
     *
     * @param type its full content type, such as {@code text/calendar; method=PUBLISH; charset=UTF-8}
     * @param method where it is not a file but another form of the letter that calendars act upon (RFC 6047 2.4): its iTIP method
     */
    public record Enclosure(
            String name, String type, String text, @Nullable String method) {

        /** A file. */
        public static Enclosure file(String name, String type, String text) {
            return new Enclosure(name, type, text, null);
        }

        /** What calendars act upon.
         *
         * @param method {@code REQUEST} or {@code CANCEL} */
        public static Enclosure invitation(String method, String text) {
            return new Enclosure("invite.ics", "text/calendar; method=" + method + "; charset=UTF-8", text, method);
        }
    }

    /** A letter whose answers and reports go to its sender. */
    public Letter(
            String messageId,
            Instant date,
            String fromName,
            String from,
            String toName,
            String to,
            String subject,
            String text,
            @Nullable String html,
            Map<String, String> headers) {
        this(messageId, date, fromName, from, toName, to, subject, text, html, headers, null, from, null);
    }

    /** Cleans names and subject. */
    public Letter {
        fromName = CleanText.line(fromName);
        toName = CleanText.line(toName);
        subject = CleanText.line(subject);
    }
}
