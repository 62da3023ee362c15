package dev.ronde.mail.smtp;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * An SMTP transport that knows how far it got: after the final dot an end of the connection means something else than
 * before it, and the exception alone does not tell.
 */
final class PhaseTransport extends SMTPTransport {
    private final TimedSockets sockets;
    private final Duration beforeDot;
    private final Duration afterDot;
    private volatile SmtpPhase phase = SmtpPhase.CONNECT;

    PhaseTransport(Session session, URLName address, TimedSockets sockets, Duration beforeDot, Duration afterDot) {
        super(session, address);
        this.sockets = sockets;
        this.beforeDot = beforeDot;
        this.afterDot = afterDot;
    }

    void reportsTo(String envelopeFrom) {
        phase = SmtpPhase.MAIL;
        session.getProperties().setProperty("mail.smtp.from", envelopeFrom);
    }

    SmtpPhase phase() {
        return phase;
    }

    @Override
    protected void mailFrom() throws MessagingException {
        phase = SmtpPhase.MAIL;
        super.mailFrom();
    }

    @Override
    protected void rcptTo() throws MessagingException {
        phase = SmtpPhase.RCPT;
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        phase = SmtpPhase.DATA_CMD;
        OutputStream body = super.data();
        phase = SmtpPhase.BODY;
        return body;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        phase = SmtpPhase.EOD_SENT;
        sockets.waitAtMost(afterDot);
        super.finishData();
        sockets.waitAtMost(beforeDot);
    }
}
