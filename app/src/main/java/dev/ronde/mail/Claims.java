package dev.ronde.mail;

import dev.ronde.mail.smtp.Letter;
import dev.ronde.platform.db.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes mails out of the outbox one by one, rendered for the moment they leave. */
final class Claims {
    private static final Logger log = LoggerFactory.getLogger(Claims.class);

    private final Database database;
    private final MailKinds kinds;
    private final LetterWriter letters;
    private final Pace pace;
    private final Deque<UUID> candidates = new ArrayDeque<>();

    Claims(Database database, MailKinds kinds, LetterWriter letters, Pace pace) {
        this.database = database;
        this.kinds = kinds;
        this.letters = letters;
        this.pace = pace;
    }

    /** A mail that was taken; without a letter where there is nothing to send. */
    record Claimed(
            OutboxMail mail,
            UUID token,
            @Nullable MailContent content,
            @Nullable Letter letter) {
        Letter requireLetter() {
            return Objects.requireNonNull(letter);
        }

        MailContent requireContent() {
            return Objects.requireNonNull(content);
        }
    }

    MailKind kind(OutboxMail mail) {
        return kinds.get(mail.kind());
    }

    /** The next mail whose time has come; empty where none waits, or other nodes have what does. Not for several threads at once. */
    Optional<Claimed> next(Instant now, Duration lease, Duration resendAfter, Duration domainWait) {
        boolean fresh = false;
        while (true) {
            UUID id = candidates.poll();
            if (id != null) {
                Optional<Claimed> claimed = claim(id, now, lease, resendAfter, domainWait);
                if (claimed.isPresent()) {
                    return claimed;
                }
            } else if (fresh) {
                return Optional.empty();
            } else {
                fresh = true;
                candidates.addAll(database.read(
                        handle -> handle.attach(OutboxDao.class).listClaimable(now, now.minus(resendAfter))));
            }
        }
    }

    private Optional<Claimed> claim(UUID id, Instant now, Duration lease, Duration resendAfter, Duration domainWait) {
        try {
            return database.inTransaction(tx -> {
                OutboxDao dao = tx.attach(OutboxDao.class);
                return dao.claim(id, now, now.minus(resendAfter))
                        .map(mail -> take(tx, dao, mail, now, lease, domainWait));
            });
        } catch (JdbiException e) {
            throw e;
        } catch (RuntimeException e) {
            return Optional.of(unreadable(id, e));
        }
    }

    /** Mails whose node died while sending: nobody knows, so they become uncertain. */
    int giveUpAbandoned(Instant now, BiConsumer<Handle, OutboxMail> note) {
        return database.inTransaction(tx -> {
            OutboxDao dao = tx.attach(OutboxDao.class);
            List<OutboxMail> abandoned = dao.listAbandoned(now);
            for (OutboxMail mail : abandoned) {
                UUID token = Objects.requireNonNull(mail.leaseToken());
                dao.finish(new Attempt.Outcome(
                        mail.id(),
                        token,
                        MailState.UNCERTAIN.word(),
                        "the node that was sending it stopped",
                        mail.notBefore(),
                        "unknown",
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        now));
                note.accept(tx, mail);
            }
            return abandoned.size();
        });
    }

    private Claimed take(Handle tx, OutboxDao dao, OutboxMail mail, Instant now, Duration lease, Duration domainWait) {
        UUID token = UUID.randomUUID();
        List<String> from = List.of(mail.state().word());
        if (mail.state() != MailState.UNCERTAIN && mail.validUntil() != null && now.isAfter(mail.validUntil())) {
            return settle(tx, dao, mail, from, new Rendering.Gone(MailState.EXPIRED, "its time had passed"), now);
        }
        Rendering rendering = kind(mail).render(tx, mail, now);
        if (rendering instanceof Rendering.Gone gone) {
            return settle(tx, dao, mail, from, gone, now);
        }
        MailContent content = (MailContent) rendering;
        if (!pace.takes(content.toAddress())) {
            dao.postpone(mail.id(), now.plus(domainWait));
            return new Claimed(mail, token, null, null);
        }
        dao.lease(mail.id(), token, now.plus(lease));
        OutboxMail leased = dao.find(mail.id()).orElseThrow();
        return new Claimed(leased, token, content, letters.write(tx, leased, content, now));
    }

    private Claimed settle(
            Handle tx, OutboxDao dao, OutboxMail mail, List<String> from, Rendering.Gone gone, Instant now) {
        dao.move(mail.id(), from, gone.state().word(), gone.reason());
        kind(mail).settled(tx, mail, gone.state(), now);
        return new Claimed(mail, UUID.randomUUID(), null, null);
    }

    /** A mail that cannot be rendered must not stop the ones behind it. */
    private Claimed unreadable(UUID id, RuntimeException failure) {
        log.error("mail {} cannot be rendered", id, failure);
        String reason = "It cannot be rendered: " + failure.getMessage();
        String shortReason = reason.length() > 500 ? reason.substring(0, 500) : reason;
        return database.inTransaction(tx -> {
            OutboxDao dao = tx.attach(OutboxDao.class);
            dao.move(id, List.of("queued", "retry", "uncertain"), MailState.REFUSED.word(), shortReason);
            return new Claimed(dao.find(id).orElseThrow(), UUID.randomUUID(), null, null);
        });
    }
}
