package dev.ronde.mail.smtp;

import dev.ronde.platform.text.Worded;

/** How far one hand-over to the SMTP server got. */
public enum SmtpPhase implements Worded {
    /** The letter could not be made into a message. */
    BUILD,
    /** Name, socket, greeting, EHLO or TLS. */
    CONNECT,
    AUTH,
    MAIL,
    RCPT,
    /** DATA was sent; nothing of the message yet. */
    DATA_CMD,
    /** The message was being written; the final dot was not sent. */
    BODY,
    /** The final dot was sent: from here on, silence means that nobody knows. */
    EOD_SENT;

    /** Whether what is refused then may be refused for the recipient or the message, not for who we are. */
    public boolean mayConcernOneMail() {
        return this == RCPT || this == DATA_CMD || this == EOD_SENT;
    }
}
