package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.mail.smtp.SmtpPhase;
import dev.ronde.mail.smtp.SmtpSender;
import dev.ronde.mail.smtp.SmtpVerdict;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits in the outbox. Each mail is claimed with a lease, rendered in the same transaction, handed over
 * outside any, and its outcome written only while the lease still holds. A lease that ran out belonged to a node that
 * died in between: nobody knows whether that mail was taken.
 */
public final class Relay implements Tick, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final Duration RESEND_AFTER = Duration.ofMinutes(30);
    private static final Duration PAUSE = Duration.ofMinutes(15);
    private static final Duration DOMAIN_WAIT = Duration.ofMinutes(1);
    private static final int FAILURES_BEFORE_PAUSE = 3;
    private static final int MAILS_PER_RUN = 500;

    private final Database database;
    private final EvidenceLog evidence;
    private final Claims claims;
    private final @Nullable SmtpSender sender;
    private final Pace pace;
    private final InstantSource clock;
    private final AddressHealth health = new AddressHealth();

    /** @param sender absent where no mail server is configured: then everything stays in the outbox */
    Relay(
            Database database,
            EvidenceLog evidence,
            LetterWriter letters,
            MailKinds kinds,
            @Nullable SmtpSender sender,
            int mailsPerSecond,
            InstantSource clock) {
        this.database = database;
        this.evidence = evidence;
        this.pace = new Pace(mailsPerSecond, sender != null && !sender.server().loopback());
        this.claims = new Claims(database, kinds, letters, pace);
        this.sender = sender;
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
        SmtpSender open = sender;
        if (open == null) {
            return 0;
        }
        int done = claims.giveUpAbandoned(now, this::noteUncertain);
        Channel channel =
                database.read(handle -> handle.attach(ChannelDao.class).get());
        if (channel.paused() && channel.retryAt() != null && now.isBefore(channel.retryAt())) {
            return done;
        }
        try (open) {
            for (int mails = 0; mails < MAILS_PER_RUN; mails++) {
                Optional<Claims.Claimed> claimed = claims.next(clock.instant(), LEASE, RESEND_AFTER, DOMAIN_WAIT);
                if (claimed.isEmpty()) {
                    return done;
                }
                done++;
                if (claimed.get().letter() != null && !deliver(open, claimed.get())) {
                    return done;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return done;
    }

    @Override
    public void close() {
        if (sender != null) {
            sender.close();
        }
    }

    /** Sends one claimed mail; false where the channel must rest. */
    private boolean deliver(SmtpSender open, Claims.Claimed claimed) throws InterruptedException {
        pace.await();
        Instant startedAt = clock.instant();
        SmtpAnswer answer = open.send(claimed.requireLetter());
        Instant endedAt = clock.instant();
        database.useTransaction(tx -> record(tx, claimed, answer, startedAt, endedAt));
        log.info("mail {} {} {} {}", claimed.mail().id(), answer.verdict(), answer.phase(), answer.code());
        String enhanced = answer.enhancedCode();
        if (answer.code() == 421 || (enhanced != null && enhanced.startsWith("4.7."))) {
            pace.slowDown();
        }
        boolean unreachable = answer.verdict() == SmtpVerdict.RETRY && answer.phase() == SmtpPhase.CONNECT;
        return answer.verdict() != SmtpVerdict.CHANNEL && !unreachable;
    }

    private void record(Handle tx, Claims.Claimed claimed, SmtpAnswer answer, Instant startedAt, Instant endedAt) {
        OutboxMail mail = claimed.mail();
        OutboxDao dao = tx.attach(OutboxDao.class);
        MailState state = stateAfter(mail, answer, endedAt);
        Instant again =
                state == MailState.RETRY ? endedAt.plus(Backoff.after(mail.attempts(), mail.id())) : mail.notBefore();
        boolean sent = answer.verdict() == SmtpVerdict.ACCEPTED || answer.verdict() == SmtpVerdict.UNCERTAIN;
        String phase = answer.phase().name().toLowerCase(Locale.ROOT);
        MailContent content = claimed.requireContent();
        int held = dao.finish(new Attempt.Outcome(
                mail.id(),
                claimed.token(),
                state.word(),
                reason(state, answer),
                again,
                phase,
                answer.code(),
                answer.enhancedCode(),
                answer.text(),
                answer.remoteId(),
                content.toAddress(),
                content.subject(),
                sent ? content.maskedText() : null,
                sent ? endedAt : null));
        if (held == 0) {
            log.warn("mail {} was given to another node while it was being sent", mail.id());
            return;
        }
        dao.insertAttempt(new Attempt(
                mail.id(),
                mail.attempts(),
                startedAt,
                endedAt,
                answer.verdict().name().toLowerCase(Locale.ROOT),
                phase,
                answer.code(),
                answer.text()));
        ChannelDao channels = tx.attach(ChannelDao.class);
        if (answer.verdict() == SmtpVerdict.CHANNEL || answer.phase() == SmtpPhase.CONNECT) {
            channels.countFailure(answer.text(), FAILURES_BEFORE_PAUSE, endedAt.plus(pauseAfter(answer)), endedAt);
        } else {
            channels.countSuccess(endedAt);
        }
        if (unknownAddress(answer)) {
            health.hard(tx, content.toAddress(), mail.personId(), answer.text(), endedAt);
        }
        if (state.settled()) {
            append(tx, mail, content.personRef(), state, answer, endedAt);
            claims.kind(mail).settled(tx, mail, state, endedAt);
        }
    }

    /** The server says at once what a report would say later: nobody has this address. */
    private static boolean unknownAddress(SmtpAnswer answer) {
        String enhanced = answer.enhancedCode();
        return answer.verdict() == SmtpVerdict.REFUSED
                && answer.phase() == SmtpPhase.RCPT
                && enhanced != null
                && enhanced.startsWith("5.1.");
    }

    /** A server that is away comes back soon; one that refuses us waits for a person. */
    private static Duration pauseAfter(SmtpAnswer answer) {
        return answer.verdict() == SmtpVerdict.CHANNEL ? PAUSE : Duration.ofMinutes(1);
    }

    private static MailState stateAfter(OutboxMail mail, SmtpAnswer answer, Instant now) {
        return switch (answer.verdict()) {
            case ACCEPTED -> MailState.ACCEPTED;
            case REFUSED -> MailState.REFUSED;
            case UNCERTAIN -> MailState.UNCERTAIN;
            case RETRY, CHANNEL ->
                mail.validUntil() != null && now.isAfter(mail.validUntil()) ? MailState.EXPIRED : MailState.RETRY;
        };
    }

    private static @Nullable String reason(MailState state, SmtpAnswer answer) {
        return switch (state) {
            case ACCEPTED -> null;
            case EXPIRED -> "no server took it while it still made sense";
            default -> answer.text().length() > 500 ? answer.text().substring(0, 500) : answer.text();
        };
    }

    private void noteUncertain(Handle tx, OutboxMail mail) {
        append(tx, mail, null, MailState.UNCERTAIN, null, clock.instant());
        claims.kind(mail).settled(tx, mail, MailState.UNCERTAIN, clock.instant());
    }

    private void append(
            Handle tx,
            OutboxMail mail,
            @Nullable String personRef,
            MailState state,
            @Nullable SmtpAnswer answer,
            Instant settledAt) {
        String type = switch (state) {
            case ACCEPTED -> "mail.accepted";
            case UNCERTAIN -> "mail.uncertain";
            default -> "mail.refused";
        };
        UUID about = mail.subjectId();
        evidence.append(
                tx,
                Evidence.of(type, Actor.SYSTEM, Subject.of("mail", mail.id(), mail.version()))
                        .occurredAt(settledAt)
                        .data("kind", mail.kind())
                        .data("about", about == null ? null : about.toString())
                        .data("to", personRef)
                        .data("messageId", mail.messageId())
                        .data("state", state.word())
                        .data("attempts", (long) mail.attempts())
                        .data("code", answer == null ? null : (long) answer.code())
                        .data(
                                "phase",
                                answer == null ? null : answer.phase().name().toLowerCase(Locale.ROOT))
                        .priv("answer", answer == null ? null : answer.text()));
    }
}
