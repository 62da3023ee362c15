package dev.ronde.testing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a mail server reports of a mail it could not, or not yet, hand over; each is a letter of its own.
 *
 * @param to whom it is sent to
 * @param recipient whom the mail was for
 * @param action {@code failed}, {@code delayed} or {@code relayed}
 * @param status the code of three numbers
 * @param messageId the {@code Message-ID} of the mail; null where the report returns nothing of it
 */
public record DeliveryReport(
        String to,
        String recipient,
        String action,
        String status,
        @Nullable String messageId) {
    /** That no such mailbox exists. */
    public static DeliveryReport failed(String to, String recipient, String messageId) {
        return new DeliveryReport(to, recipient, "failed", "5.1.1", messageId);
    }

    /** The letter, with its lines ended as on the wire. */
    public String raw() {
        String returned = messageId == null
                ? ""
                : "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + messageId + "\r\n\r\n";
        return "From: MAILER-DAEMON@mx.corp.example\r\nTo: " + to
                + "\r\nReturn-Path: <>\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <"
                + UUID.randomUUID()
                + "@mx.corp.example>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n"
                + "--b\r\nContent-Type: text/plain\r\n\r\nI'm sorry.\r\n"
                + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.corp.example\r\n\r\n"
                + "Final-Recipient: rfc822; " + recipient + "\r\nAction: " + action + "\r\nStatus: " + status
                + "\r\nDiagnostic-Code: smtp; 550 " + status + " said so\r\n\r\n" + returned + "--b--\r\n";
    }
}
