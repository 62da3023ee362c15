package dev.ronde.mail.trial;

import dev.ronde.evidence.Actor;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.TestMail;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Cut;
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
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Sends mails to our own reply address and knows them again when they, or reports about them, come back. */
public final class Trials {
    /** The header that names the trial. */
    static final String HEADER = "X-Ronde-Trial";

    private static final Duration KNOWN_AGAIN = Duration.ofDays(3);
    private static final int REPORT = 256 << 10;
    private static final int LISTED = 20;

    private final Database database;
    private final MailAddresses addresses;
    private final Supplier<TestMail> mails;
    private final InstantSource clock;

    /** @param mails makes a test mail with a connection of its own, which it closes */
    public Trials(Database database, MailAddresses addresses, Supplier<TestMail> mails, InstantSource clock) {
        this.database = database;
        this.addresses = addresses;
        this.mails = mails;
        this.clock = clock;
    }

    /** Sends one now; the row is there before the mail is, because a mail can be back before its sender is done.
     *
     * @throws Problem 409 where no mail server is configured */
    public Trial start(Locale locale, ZoneId zone, Actor by) {
        TestMail mail = mails.get();
        UUID id = Ids.next(clock);
        String tag = HandleSigner.unsigned();
        String bounceTag = HandleSigner.unsigned();
        Trial fresh = new Trial(
                id,
                tag,
                bounceTag,
                addresses.messageId(id),
                addresses.carrying(tag),
                mail.server().host() + ":" + mail.server().port(),
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
        TestMail.Marks marks = new TestMail.Marks(
                id,
                "trial",
                fresh.sentAt(),
                fresh.sentTo(),
                addresses.carrying(bounceTag),
                Map.of(HEADER, id.toString()));
        mail.send(
                fresh.sentTo(),
                marks,
                locale,
                zone,
                by,
                (tx, answer) -> tx.attach(TrialDao.class)
                        .answered(
                                id,
                                Trial.word(answer.verdict()),
                                answer.phase().name().toLowerCase(Locale.ROOT),
                                answer.code(),
                                shortened(answer.text())));
        return get(id);
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
        return Cut.to(text, 1_000);
    }
}
