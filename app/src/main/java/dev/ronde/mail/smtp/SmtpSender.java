package dev.ronde.mail.smtp;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailStreamProvider;
import org.jspecify.annotations.Nullable;
import org.simplejavamail.api.email.EmailPopulatingBuilder;
import org.simplejavamail.converter.EmailConverter;
import org.simplejavamail.email.EmailBuilder;

/**
 * Sends letters over one connection that is opened when needed and kept until {@link #close()}, a failure or a hundred
 * letters. Not for several threads at once.
 */
public final class SmtpSender implements AutoCloseable {
    private static final Pattern CODE_IN_TEXT = Pattern.compile("(?:^\\s*|response: )([245]\\d\\d)\\b");
    private static final int LETTERS_PER_CONNECTION = 100;
    /** Mailbox name not allowed (RFC 5321 4.2.2). */
    private static final int NOT_ALLOWED = 553;

    private static final int CONNECT_MILLIS = 15_000;
    private static final int WRITE_MILLIS = 60_000;

    static {
        // else the provider of encoders is looked for in every jar, once for each part of each mail
        System.setProperty("jakarta.mail.util.StreamProvider", MailStreamProvider.class.getName());
    }

    private static final long SURELY_ALIVE_NANOS = 5_000_000_000L;

    private final SmtpServer server;
    private final TimedSockets sockets = new TimedSockets();
    private final Session session;
    /** For an address with letters outside ASCII before the {@code @} (RFC 6531). */
    private final Session wide;

    private final @Nullable DkimSigner signer;
    private @Nullable PhaseTransport transport;
    private int sent;
    private long usedAt;

    /** @param signer signs every letter; absent: the mail server does, or nobody */
    public SmtpSender(SmtpServer server, @Nullable DkimSigner signer) {
        this.server = server;
        this.signer = signer;
        this.session = Session.getInstance(properties());
        Properties beyondAscii = properties();
        beyondAscii.put("mail.mime.allowutf8", "true");
        this.wide = Session.getInstance(beyondAscii);
    }

    public SmtpServer server() {
        return server;
    }

    /** Sends the letter and says what became of it; every failure is an answer, none is thrown. */
    public SmtpAnswer send(Letter letter) {
        if (letter.to().chars().allMatch(unit -> unit < 128)) {
            return send(letter, session);
        }
        close();
        try {
            return send(letter, wide);
        } finally {
            close();
        }
    }

    private SmtpAnswer send(Letter letter, Session under) {
        MimeMessage message;
        try {
            message = message(letter, under);
            message.saveChanges();
            if (signer != null) {
                signer.sign(message, letter.date());
            }
        } catch (RuntimeException | MessagingException e) {
            return SmtpAnswer.failed(SmtpPhase.BUILD, 0, "The message cannot be built: " + e.getMessage());
        }
        PhaseTransport open = fresh(under);
        try {
            open = connected(open);
            if (under == wide && !open.supportsExtension("SMTPUTF8")) {
                return SmtpAnswer.failed(
                        SmtpPhase.RCPT,
                        NOT_ALLOWED,
                        "5.1.3 The mail server does not take letters outside ASCII in an address (SMTPUTF8): "
                                + letter.to() + ". Give the person another address.");
            }
            open.reportsTo(letter.envelopeFrom());
            Address[] recipients = message.getAllRecipients();
            open.sendMessage(message, recipients);
            String answer = open.getLastServerResponse();
            sent++;
            if (sent >= LETTERS_PER_CONNECTION) {
                close();
            }
            return new SmtpAnswer(SmtpVerdict.ACCEPTED, SmtpPhase.EOD_SENT, 250, answer == null ? "250" : answer);
        } catch (AuthenticationFailedException e) {
            abandon(open);
            return SmtpAnswer.failed(SmtpPhase.AUTH, code(e), text(e));
        } catch (MessagingException e) {
            abandon(open);
            return SmtpAnswer.failed(open.phase(), code(e), text(e));
        } catch (RuntimeException e) {
            abandon(open);
            return SmtpAnswer.failed(open.phase(), 0, e.toString());
        }
    }

    /** Ends the connection politely; a later {@link #send} opens another. */
    @Override
    public void close() {
        PhaseTransport open = transport;
        transport = null;
        sent = 0;
        if (open != null) {
            abandon(open);
        }
    }

    /** Reuses the connection if it was used a moment ago or still answers; otherwise opens {@code fresh}. */
    private PhaseTransport connected(PhaseTransport fresh) throws MessagingException {
        PhaseTransport open = transport;
        long now = System.nanoTime();
        boolean alive = open != null && (now - usedAt < SURELY_ALIVE_NANOS || open.isConnected());
        usedAt = now;
        if (open != null && alive) {
            return open;
        }
        sent = 0;
        fresh.connect(server.host(), server.port(), server.user(), server.password());
        transport = fresh;
        return fresh;
    }

    private PhaseTransport fresh(Session under) {
        return new PhaseTransport(
                under,
                new URLName("smtp", server.host(), server.port(), null, null, null),
                sockets,
                server.beforeDot(),
                server.afterDot());
    }

    private void abandon(PhaseTransport open) {
        transport = null;
        try {
            open.close();
        } catch (MessagingException e) {
            // It was broken already; the answer that matters has been read.
        }
    }

    private static MimeMessage message(Letter letter, Session session) throws MessagingException {
        new InternetAddress(letter.to(), true).validate();
        EmailPopulatingBuilder builder = EmailBuilder.startingBlank()
                .fixingMessageId(letter.messageId())
                .fixingSentDate(Date.from(letter.date()))
                .from(letter.fromName(), letter.from())
                .to(named(letter), letter.to())
                .withSubject(letter.subject())
                .withPlainText(letter.text());
        if (letter.html() != null) {
            builder.withHTMLText(letter.html());
        }
        if (letter.replyTo() != null) {
            builder.withReplyTo(letter.fromName(), letter.replyTo());
        }
        LetterFile file = letter.file();
        if (file != null) {
            builder.withAttachment(file.name(), file.bytes().get(), file.mediaType());
        }
        letter.headers().forEach(builder::withHeader);
        return EmailConverter.emailToMimeMessage(builder.buildEmail(), session);
    }

    /** Null if nobody knows a name and the address takes its place. */
    private static @Nullable String named(Letter letter) {
        String name = letter.toName().strip();
        return name.isEmpty() || name.equalsIgnoreCase(letter.to()) ? null : name;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", server.ehlo());
        properties.put("mail.smtp.auth", String.valueOf(server.user() != null));
        properties.put("mail.smtp.ssl.enable", String.valueOf(server.tls() == SmtpTls.TLS));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", String.valueOf(server.tls() == SmtpTls.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(server.tls() == SmtpTls.STARTTLS));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT_MILLIS));
        properties.put("mail.smtp.timeout", String.valueOf(server.beforeDot().toMillis()));
        properties.put("mail.smtp.writetimeout", String.valueOf(WRITE_MILLIS));
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.socketFactory", sockets);
        properties.put("mail.smtp.socketFactory.fallback", "false");
        properties.put("mail.smtp.ssl.socketFactory", sockets);
        return properties;
    }

    /** Takes the innermost SMTP exception: the last one may be the answer to RSET. */
    private static int code(MessagingException failure) {
        for (Exception at = failure; at != null; at = next(at)) {
            if (at instanceof SMTPAddressFailedException address) {
                return address.getReturnCode();
            }
            if (at instanceof SMTPSendFailedException refused
                    && !(refused.getNextException() instanceof SMTPAddressFailedException)) {
                return refused.getReturnCode();
            }
        }
        Matcher matcher = CODE_IN_TEXT.matcher(String.valueOf(failure.getMessage()));
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    /** What the server said about the recipient, if anything; otherwise what failed, outermost first. */
    private static String text(MessagingException failure) {
        StringBuilder text = new StringBuilder();
        for (Exception at = failure; at != null; at = next(at)) {
            if (at instanceof SMTPAddressFailedException address) {
                return String.valueOf(address.getMessage());
            }
            String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
            if (text.indexOf(message) < 0) {
                text.append(text.isEmpty() ? "" : "; ").append(message);
            }
        }
        return text.toString();
    }

    private static @Nullable Exception next(Exception failure) {
        if (failure instanceof MessagingException messaging) {
            return messaging.getNextException();
        }
        return failure.getCause() instanceof Exception cause ? cause : null;
    }
}
