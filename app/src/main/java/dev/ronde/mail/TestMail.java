package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.smtp.Letter;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpPhase;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpServer;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The one sender of test mails: renders the template {@code test}, sends it at once, past the outbox, over a connection of its own, and
 * records what the server answered.
 */
public final class TestMail {
    private final Database database;
    private final MailAddresses addresses;
    private final MailWriter writer;
    private final EvidenceLog evidence;
    private final @Nullable SmtpSender sender;
    private final InstantSource clock;

    /** @param sender its own connection, not the relay's; absent where no mail server is configured */
    TestMail(
            Database database,
            MailAddresses addresses,
            MailWriter writer,
            EvidenceLog evidence,
            @Nullable SmtpSender sender,
            InstantSource clock) {
        this.database = database;
        this.addresses = addresses;
        this.writer = writer;
        this.evidence = evidence;
        this.sender = sender;
        this.clock = clock;
    }

    public record Result(SmtpServer server, String from, String to, SmtpAnswer answer) {

        public String said() {
            String where = server.where();
            String text = answer.text();
            return switch (answer.verdict()) {
                case ACCEPTED ->
                    where + " took the mail for " + to + ". If it does not arrive, look there for \"" + text + "\".";
                case CHANNEL ->
                    answer.phase() == SmtpPhase.AUTH
                            ? where + " refuses our sign-in: " + text
                                    + ". Check RONDE_SMTP_USER and RONDE_SMTP_PASSWORD."
                            : where + " takes no mail from " + from + ": " + text + ". Check RONDE_MAIL_FROM.";
                case REFUSED -> where + " refuses this mail for " + to + ": " + text + ". Nothing was sent.";
                case UNCERTAIN ->
                    where + " got the mail and did not say whether it took it: " + text + ". Look whether it arrived.";
                case RETRY ->
                    answer.phase() == SmtpPhase.CONNECT
                            ? "No connection to " + where + ": " + text
                                    + ". Check RONDE_SMTP_HOST, RONDE_SMTP_PORT and RONDE_SMTP_TLS."
                            : where + " asks to come again later: " + text + ". Nothing was sent.";
            };
        }
    }

    /** Sends one and says what the server answered.
     *
     * @throws Problem 409 where no mail server is configured */
    public Result send(String address, Locale locale, ZoneId zone, Actor by) {
        SmtpServer server = sender().server();
        UUID id = Ids.next(clock);
        Instant now = clock.instant();
        MailWriter.Parts parts = writer.write(
                "test",
                locale,
                Map.of(
                        "base", addresses.base(),
                        "server", server.where(),
                        "tls", server.tls().name().toLowerCase(Locale.ROOT),
                        "at", MailDates.moment(now, zone, locale)));
        SmtpAnswer answer;
        try (SmtpSender open = sender()) {
            answer = open.send(new Letter(
                    addresses.messageId(id),
                    now,
                    "Ronde",
                    addresses.from(),
                    "",
                    address,
                    parts.subject(),
                    parts.text(),
                    parts.html(),
                    Map.of(
                            "Auto-Submitted",
                            "auto-generated",
                            "X-Ronde-Instance",
                            addresses.installation().toString()),
                    null,
                    addresses.from(),
                    null));
        }
        String type = answer.verdict() == SmtpVerdict.ACCEPTED ? "mail.accepted" : "mail.refused";
        database.useTransaction(tx -> evidence.append(
                tx,
                Evidence.of(type, by, Subject.of("mail", id))
                        .data("kind", "test")
                        .data("code", (long) answer.code())
                        .priv("answer", answer.text())));
        return new Result(server, addresses.from(), address, answer);
    }

    private SmtpSender sender() {
        if (sender == null) {
            throw Problem.conflict("mail_off", "No mail server is configured: set RONDE_SMTP_HOST.");
        }
        return sender;
    }
}
