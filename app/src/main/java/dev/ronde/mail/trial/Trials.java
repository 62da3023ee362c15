package dev.ronde.mail.trial;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.mail.smtp.DkimSigner;
import dev.ronde.mail.smtp.Letter;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpServer;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Sends mails to our own reply address and knows them again when they, or reports about them, come back. */
public final class Trials {
    /** The header that names the trial. */
    static final String HEADER = "X-Ronde-Trial";

    private static final Duration KNOWN_AGAIN = Duration.ofDays(3);
    private static final Duration ANSWER = Duration.ofSeconds(25);
    private static final int REPORT = 256 << 10;
    private static final int LISTED = 20;

    private final Database database;
    private final MailAddresses addresses;
    private final MailWriter writer;
    private final EvidenceLog evidence;
    private final @Nullable SmtpServer server;
    private final @Nullable DkimSigner signer;
    private final InstantSource clock;

    /** @param server absent where no mail server is configured
     * @param signer absent where the mail server signs, or nobody */
    public Trials(
            Database database,
            MailAddresses addresses,
            MailWriter writer,
            EvidenceLog evidence,
            @Nullable SmtpServer server,
            @Nullable DkimSigner signer,
            InstantSource clock) {
        this.database = database;
        this.addresses = addresses;
        this.writer = writer;
        this.evidence = evidence;
        this.server = server;
        this.signer = signer;
        this.clock = clock;
    }

    /** Sends one now; the row is there before the mail is, because a mail can be back before its sender is done.
     *
     * @throws Problem 409 where no mail server is configured */
    public Trial start(Locale locale, ZoneId zone, Actor by) {
        SmtpServer to = server;
        if (to == null) {
            throw Problem.conflict("mail_off", "No mail server is configured: set RONDE_SMTP_HOST.");
        }
        UUID id = Ids.next(clock);
        String tag = HandleSigner.unsigned();
        String bounceTag = HandleSigner.unsigned();
        Trial fresh = new Trial(
                id,
                tag,
                bounceTag,
                addresses.messageId(id),
                addresses.carrying(tag),
                to.host() + ":" + to.port(),
                Trial.SENDING,
                "connect",
                0,
                "",
                clock.instant(),
                null,
                null,
                null,
                null);
        database.useTransaction(tx -> tx.attach(TrialDao.class).insert(fresh));
        SmtpAnswer answer;
        try (SmtpSender sender = new SmtpSender(to.waiting(ANSWER, ANSWER), signer)) {
            answer = sender.send(letter(fresh, to, locale, zone));
        }
        boolean taken = answer.verdict() == SmtpVerdict.ACCEPTED;
        database.useTransaction(tx -> {
            tx.attach(TrialDao.class)
                    .answered(
                            id,
                            Trial.word(answer.verdict()),
                            answer.phase().name().toLowerCase(Locale.ROOT),
                            answer.code(),
                            shortened(answer.text()));
            evidence.append(
                    tx,
                    Evidence.of(taken ? "mail.accepted" : "mail.refused", by, Subject.of("mail", id))
                            .data("kind", "trial")
                            .data("code", (long) answer.code())
                            .priv("answer", answer.text()));
        });
        return get(id);
    }

    private Letter letter(Trial trial, SmtpServer to, Locale locale, ZoneId zone) {
        MailWriter.Parts parts = writer.write(
                "test",
                locale,
                Map.of(
                        "base", addresses.base(),
                        "server", trial.server(),
                        "tls", to.tls().name().toLowerCase(Locale.ROOT),
                        "at", MailDates.moment(trial.sentAt(), zone, locale)));
        return new Letter(
                trial.messageId(),
                trial.sentAt(),
                "Ronde",
                addresses.from(),
                "",
                trial.sentTo(),
                parts.subject(),
                parts.text(),
                parts.html(),
                Map.of(
                        "Auto-Submitted",
                        "auto-generated",
                        "X-Ronde-Instance",
                        addresses.installation().toString(),
                        HEADER,
                        trial.id().toString()),
                trial.sentTo(),
                addresses.carrying(trial.bounceTag()));
    }

    /** Whether a message that a program wrote is a trial come back, or a report about one; notes it then.
     *
     * @param report whether a mail server wrote it about a mail
     * @return the word of what came back, empty where it is something else */
    public Optional<String> returned(Handle tx, UUID mailId, byte[] raw, boolean report, Instant now) {
        TrialDao dao = tx.attach(TrialDao.class);
        List<Trial> open = dao.listOpen(now.minus(KNOWN_AGAIN));
        if (open.isEmpty()) {
            return Optional.empty();
        }
        TrialHeaders headers = TrialHeaders.of(raw);
        String looked =
                report ? new String(raw, 0, Math.min(raw.length, REPORT), StandardCharsets.ISO_8859_1) : headers.text();
        String outcome = report ? Trial.BOUNCED : Trial.ARRIVED;
        for (Trial trial : open) {
            if (names(looked, trial)) {
                dao.returned(trial.id(), outcome, now, mailId, headers.text());
                return Optional.of(outcome);
            }
        }
        return Optional.empty();
    }

    private static boolean names(String text, Trial trial) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains(trial.tag())
                || lower.contains(trial.bounceTag())
                || lower.contains(trial.messageId().toLowerCase(Locale.ROOT))
                || lower.contains(HEADER.toLowerCase(Locale.ROOT) + ": " + trial.id());
    }

    /** One of them.
     *
     * @throws Problem 404 where there is none */
    public Trial get(UUID id) {
        return database.read(handle -> handle.attach(TrialDao.class).find(id))
                .orElseThrow(() -> Problem.notFound("mail trial", id));
    }

    /** The newest, at most 20. */
    public List<Trial> newest() {
        return database.read(handle -> handle.attach(TrialDao.class).list(LISTED));
    }

    /** Whether one is on its way. */
    public boolean waiting(Instant now) {
        return database.read(handle -> handle.attach(TrialDao.class).listOpen(now.minus(Trial.PATIENCE))).stream()
                .anyMatch(trial -> trial.pending(now));
    }

    private static String shortened(String text) {
        return text.length() <= 1_000 ? text : text.substring(0, 1_000);
    }
}
