package dev.ronde.mail;

import dev.ronde.platform.json.Json;
import dev.ronde.platform.text.Cut;
import dev.ronde.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The mails there are. A mail is written in the transaction of what it tells, so that a rollback leaves none and a
 * commit cannot lack it; the relay renders and sends it later.
 */
public final class Outbox {
    /** A shorter id from a mail server could be guessed. */
    private static final int LEAST_REMOTE = 16;

    private static final Duration PAUSE = Duration.ofMinutes(15);
    /** How long it is kept how each attempt to hand a mail over went; what became of the mail is kept for good. */
    public static final Duration ATTEMPTS_KEPT = Duration.ofDays(180);

    /** How long a mail without an expiry of its own stays worth sending, counted from when it may leave. */
    static final Duration USUAL_LIFE = Duration.ofDays(5);

    private final MailAddresses addresses;
    private final Brake brake;
    private final InstantSource clock;

    public Outbox(MailAddresses addresses, InstantSource clock) {
        this.addresses = addresses;
        this.brake = new Brake();
        this.clock = clock;
    }

    /**
     * How many mails the brake lets pass.
     *
     * @param at when they are queued; what is queued by now counts
     * @param before how many more will have been queued in the hour before
     */
    public long roomAt(Handle handle, Instant at, int before) {
        return Math.max(0, Brake.room(handle, at) - before);
    }

    /** Writes the mail, or nothing where one with its key exists.
     *
     * @return its id; empty where there was one already */
    public Optional<UUID> enqueue(Handle tx, NewMail mail) {
        Instant now = clock.instant();
        UUID id = Ids.next(clock);
        Optional<String> held = mail.mailClass().braked() ? brake.check(tx, now) : Optional.empty();
        Instant validUntil = mail.validUntil() == null ? mail.notBefore().plus(USUAL_LIFE) : mail.validUntil();
        int inserted = tx.attach(OutboxDao.class)
                .insert(
                        id,
                        mail,
                        mail.mailClass().word(),
                        Json.write(mail.model()),
                        addresses.messageId(id),
                        held.isPresent() ? MailState.HELD.word() : MailState.QUEUED.word(),
                        held.orElse(null),
                        validUntil,
                        now);
        return inserted == 0 ? Optional.empty() : Optional.of(id);
    }

    public Optional<OutboxMail> find(Handle handle, UUID id) {
        return handle.attach(OutboxDao.class).find(id);
    }

    public Optional<OutboxMail> findByKey(Handle handle, String dedupeKey) {
        return handle.attach(OutboxDao.class).findByKey(dedupeKey);
    }

    /** The mail that left under this Message-ID, ours or the one the server gave it. */
    public Optional<OutboxMail> findByMessageId(Handle handle, String messageId) {
        OutboxDao dao = handle.attach(OutboxDao.class);
        String bare = messageId.replaceAll("[<>]", "");
        String local = bare.split("@", 2)[0];
        return dao.findByMessageId("<" + bare + ">")
                .or(() -> local.length() < LEAST_REMOTE ? Optional.empty() : dao.findByRemoteId(local));
    }

    /** Forgets attempts that ended more than 180 days ago. */
    public int forget(Handle tx, Instant now) {
        return tx.attach(OutboxDao.class).deleteAttempts(now.minus(ATTEMPTS_KEPT));
    }

    /** Notes that a mail that had left came back.
     *
     * @return false where that was known, or it is on its way once more */
    public boolean bounced(Handle tx, UUID id, String reason) {
        String shortened = Cut.to(reason, 500);
        List<String> left = List.of(MailState.ACCEPTED.word(), MailState.UNCERTAIN.word());
        return tx.attach(OutboxDao.class).move(id, left, MailState.BOUNCED.word(), shortened) > 0;
    }

    /** Lets the channel rest: others refuse what comes from us, whoever it is for. */
    public void pause(Handle tx, String reason, Instant now) {
        tx.attach(ChannelDao.class).countFailure(reason, 1, now.plus(PAUSE), now);
    }

    /** Every mail to this person about this subject, oldest first. */
    public List<OutboxMail> listOf(Handle handle, UUID subjectId, UUID personId) {
        return handle.attach(OutboxDao.class).listOf(subjectId, personId);
    }

    /** Takes back a mail that has not left: a later one says what it would have said, or its duty is gone.
     *
     * @return false where it has left or is leaving */
    public boolean withdraw(Handle tx, UUID id, MailState state, MailReason reason, String... values) {
        List<String> waiting = List.of(MailState.QUEUED.word(), MailState.RETRY.word(), MailState.HELD.word());
        return tx.attach(OutboxDao.class).move(id, waiting, state.word(), reason.with(values)) > 0;
    }

    public void postpone(Handle tx, UUID id, Instant notBefore) {
        tx.attach(OutboxDao.class).postpone(id, notBefore);
    }

    /** How many mails other than receipts were written to the person after the instant. */
    public int countTo(Handle handle, UUID personId, Instant after) {
        return handle.attach(OutboxDao.class).countTo(personId, after);
    }

    /** How many receipts of this kind were written to the person after the instant. */
    public int countReceipts(Handle handle, UUID personId, String kind, Instant after) {
        return handle.attach(OutboxDao.class).countReceipts(personId, kind, after);
    }

    public Optional<Instant> earliest(Handle handle) {
        return handle.attach(OutboxDao.class).findEarliest();
    }
}
