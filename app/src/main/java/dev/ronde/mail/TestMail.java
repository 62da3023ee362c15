package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.smtp.Letter;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpServer;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
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

    /**
     * Under which names a test mail leaves.
     *
     * @param id of its record
     * @param kind the word in its record
     * @param replyTo where answers go; absent: to our own address
     * @param envelopeFrom where reports about it go
     * @param headers beside those each has
     */
    public record Marks(
            UUID id,
            String kind,
            Instant at,
            @Nullable String replyTo,
            String envelopeFrom,
            Map<String, String> headers) {}

    /** The server it goes to.
     *
     * @throws Problem 409 where no mail server is configured */
    public SmtpServer server() {
        return sender().server();
    }

    /** Sends a plain one.
     *
     * @throws Problem 409 where no mail server is configured */
    public TestResult send(String address, Locale locale, ZoneId zone, Actor by) {
        Marks marks = new Marks(Ids.next(clock), "test", clock.instant(), null, addresses.from(), Map.of());
        SmtpAnswer answer = send(address, marks, locale, zone, by, (tx, said) -> {});
        return new TestResult(server(), addresses.from(), address, answer);
    }

    /** Sends one under these marks.
     *
     * @param andWrite called in the transaction that records the answer
     * @throws Problem 409 where no mail server is configured */
    public SmtpAnswer send(
            String address,
            Marks marks,
            Locale locale,
            ZoneId zone,
            Actor by,
            BiConsumer<Handle, SmtpAnswer> andWrite) {
        SmtpServer server = server();
        MailWriter.Parts parts = writer.write(
                "test",
                locale,
                Map.of(
                        "base", addresses.base(),
                        "server", server.host() + ":" + server.port(),
                        "tls", server.tls().name().toLowerCase(Locale.ROOT),
                        "at", MailDates.moment(marks.at(), zone, locale)));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Auto-Submitted", "auto-generated");
        headers.put("X-Ronde-Instance", addresses.installation().toString());
        headers.putAll(marks.headers());
        SmtpAnswer answer;
        try (SmtpSender open = sender()) {
            answer = open.send(new Letter(
                    addresses.messageId(marks.id()),
                    marks.at(),
                    "Ronde",
                    addresses.from(),
                    "",
                    address,
                    parts.subject(),
                    parts.text(),
                    parts.html(),
                    headers,
                    marks.replyTo(),
                    marks.envelopeFrom(),
                    null));
        }
        String type = answer.verdict() == SmtpVerdict.ACCEPTED ? "mail.accepted" : "mail.refused";
        database.useTransaction(tx -> {
            andWrite.accept(tx, answer);
            evidence.append(
                    tx,
                    Evidence.of(type, by, Subject.of("mail", marks.id()))
                            .data("kind", marks.kind())
                            .data("code", (long) answer.code())
                            .priv("answer", answer.text()));
        });
        return answer;
    }

    private SmtpSender sender() {
        if (sender == null) {
            throw Problem.conflict("mail_off", "No mail server is configured: set RONDE_SMTP_HOST.");
        }
        return sender;
    }
}
