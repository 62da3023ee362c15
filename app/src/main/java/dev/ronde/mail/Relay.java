package dev.ronde.mail;

import dev.ronde.evidence.EvidenceLog;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Sends what waits in the outbox, over a few connections at once that are kept while there is something to send. Each mail is rendered
 * shortly before it leaves, marked as being sent under a lease, handed over outside of any transaction, and its outcome written only while
 * the lease still holds. A lease that ran out belonged to a node that died in between: nobody knows whether that mail was taken.
 */
public final class Relay implements Tick, AutoCloseable {
    private final Database database;
    private final Claims claims;
    private final Outcomes outcomes;
    private final List<SmtpSender> senders;
    private final Pace pace;
    private final InstantSource clock;
    private volatile boolean closing;

    /** @param senders one for each connection; none where no mail server is configured: then everything stays in the outbox */
    Relay(
            Database database,
            EvidenceLog evidence,
            LetterWriter letters,
            MailKinds kinds,
            List<SmtpSender> senders,
            int mailsPerSecond,
            InstantSource clock) {
        this.database = database;
        this.senders = List.copyOf(senders);
        boolean ours = senders.stream().allMatch(sender -> sender.server().loopback());
        this.pace = new Pace(mailsPerSecond, !ours);
        this.claims = new Claims(database, evidence, kinds, letters, pace);
        this.outcomes = new Outcomes(evidence, claims);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mail-relay";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public synchronized int run(Instant now) {
        if (senders.isEmpty()) {
            return 0;
        }
        int done = claims.giveUpAbandoned(now, (tx, mail) -> outcomes.noteUncertain(tx, mail, now));
        Channel channel =
                database.read(handle -> handle.attach(ChannelDao.class).get());
        if (channel.paused() && channel.retryAt() != null && now.isBefore(channel.retryAt())) {
            return done;
        }
        try (Sending sending = new Sending(database, claims, outcomes, pace, senders, clock, () -> closing)) {
            done += sending.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            senders.forEach(SmtpSender::close);
        }
        return done;
    }

    /** A run that is under way finishes the mails it is sending, then ends. */
    @Override
    public void close() {
        closing = true;
    }
}
