package dev.ronde.mail;

import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpPhase;
import dev.ronde.mail.smtp.SmtpServer;

/** What became of a test mail. */
public record TestResult(SmtpServer server, String from, String to, SmtpAnswer answer) {

    /** The server's address, such as {@code mail.example.org:25}. */
    public String where() {
        return server.host() + ":" + server.port();
    }

    /** What happened and what to do, in one English sentence or two. */
    public String said() {
        String text = answer.text();
        return switch (answer.verdict()) {
            case ACCEPTED ->
                where() + " took the mail for " + to + ". If it does not arrive, look there for \"" + text + "\".";
            case CHANNEL ->
                answer.phase() == SmtpPhase.AUTH
                        ? where() + " refuses our sign-in: " + text + ". Check RONDE_SMTP_USER and RONDE_SMTP_PASSWORD."
                        : where() + " takes no mail from " + from + ": " + text + ". Check RONDE_MAIL_FROM.";
            case REFUSED -> where() + " refuses this mail for " + to + ": " + text + ". Nothing was sent.";
            case UNCERTAIN ->
                where() + " got the mail and did not say whether it took it: " + text + ". Look whether it arrived.";
            case RETRY ->
                answer.phase() == SmtpPhase.CONNECT
                        ? "No connection to " + where() + ": " + text
                                + ". Check RONDE_SMTP_HOST, RONDE_SMTP_PORT and RONDE_SMTP_TLS."
                        : where() + " asks to come again later: " + text + ". Nothing was sent.";
        };
    }
}
