package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.mail.health.HeldDomain;
import dev.ronde.mail.smtp.Letter;
import dev.ronde.mail.smtp.SmtpAnswer;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes mails out of the outbox. They are rendered many in one transaction, shortly before they leave; a few at a time are then marked as
 * being sent, each only while its row is still as it was when it was rendered. Not for several threads at once.
 */
record Claims(Database database, EvidenceLog evidence, MailKinds kinds, LetterWriter letters, Pace pace) {
    private static final AddressHealth HEALTH = new AddressHealth();
    private static final Logger log = LoggerFactory.getLogger(Claims.class);
    /** After which a mail that is being sent belongs to nobody. */
    private static final Duration LEASE = Duration.ofMinutes(15);
    /** After which a mail that nobody knows of is sent once more. */
    private static final Duration RESEND_AFTER = Duration.ofMinutes(30);
    /** How long a mail waits whose domain had enough for now. */
    private static final Duration DOMAIN_WAIT = Duration.ofMinutes(1);

    record Prepared(OutboxMail mail, MailContent content, Letter letter) {}

    /** A mail this node may send: its row says that it is being sent, under its token. */
    record Claimed(Prepared prepared, OutboxMail mail) {
        UUID token() {
            return Objects.requireNonNull(mail.leaseToken());
        }

        MailContent content() {
            return prepared.content();
        }

        Letter letter() {
            return prepared.letter();
        }
    }

    /**
     * What a look into the outbox found.
     *
     * @param looked every mail that was looked at; no more of them is to be expected
     */
    record Batch(Set<UUID> looked, List<Prepared> ready) {}

    MailKind kind(OutboxMail mail) {
        return kinds.get(mail.kind());
    }

    /** Renders mails whose time has come; settles those that are not to be sent any more. */
    Batch prepare(Instant now, Set<UUID> but, int limit) {
        List<OutboxMail> found = database
                .read(handle -> handle.attach(OutboxDao.class).listClaimable(now, now.minus(RESEND_AFTER), 2 * limit))
                .stream()
                .filter(mail -> !but.contains(mail.id()))
                .limit(limit)
                .toList();
        Batch batch = new Batch(new HashSet<>(), new ArrayList<>());
        if (!found.isEmpty()) {
            database.useTransaction(tx -> {
                OutboxDao dao = tx.attach(OutboxDao.class);
                Conversations earlier = Conversations.of(tx, found);
                Map<String, Instant> held =
                        HEALTH.held(tx, now).stream().collect(Collectors.toMap(HeldDomain::domain, HeldDomain::until));
                for (OutboxMail mail : found) {
                    batch.looked().add(mail.id());
                    try {
                        take(tx, dao, mail, earlier, held, now).ifPresent(batch.ready()::add);
                    } catch (JdbiException e) {
                        throw e;
                    } catch (RuntimeException e) {
                        unreadable(dao, mail, e);
                    }
                }
            });
        }
        return batch;
    }

    private Optional<Prepared> take(
            Handle tx, OutboxDao dao, OutboxMail mail, Conversations earlier, Map<String, Instant> held, Instant now) {
        if (mail.state() != MailState.UNCERTAIN && mail.validUntil() != null && now.isAfter(mail.validUntil())) {
            settle(tx, dao, mail, new Rendering.Gone(MailState.EXPIRED, MailReason.EXPIRED.with()), now);
            return Optional.empty();
        }
        Rendering rendering = kind(mail).render(tx, mail, now);
        if (rendering instanceof Rendering.Gone gone) {
            settle(tx, dao, mail, gone, now);
            return Optional.empty();
        }
        MailContent content = (MailContent) rendering;
        Instant heldUntil = held.get(AddressHealth.domain(content.toAddress()));
        if (heldUntil != null) {
            dao.holdBack(mail.id(), heldUntil);
            return Optional.empty();
        }
        if (!pace.takes(content.toAddress())) {
            dao.holdBack(mail.id(), now.plus(DOMAIN_WAIT));
            return Optional.empty();
        }
        if (!content.kept().isEmpty()) {
            dao.setModel(mail.id(), Json.write(content.kept()));
        }
        return Optional.of(new Prepared(mail, content, letters.write(tx, mail, content, earlier, now)));
    }

    private void settle(Handle tx, OutboxDao dao, OutboxMail mail, Rendering.Gone gone, Instant now) {
        if (dao.move(mail.id(), List.of(mail.state().word()), gone.state().word(), gone.reason()) > 0) {
            if (gone.state() == MailState.EXPIRED) {
                UUID person = mail.personId();
                String personRef =
                        person == null ? null : dao.findPersonRef(person).orElse(null);
                evidence.append(tx, record(mail, personRef, gone.state(), null, now));
            }
            kind(mail).settled(tx, mail, gone.state(), now);
        }
    }

    /** A mail that cannot be rendered must not stop the ones behind it. */
    private static void unreadable(OutboxDao dao, OutboxMail mail, RuntimeException failure) {
        log.error("mail {} cannot be rendered", mail.id(), failure);
        String reason = MailReason.UNREADABLE.with(String.valueOf(failure.getMessage()));
        dao.move(mail.id(), List.of(mail.state().word()), MailState.REFUSED.word(), reason);
    }

    /** Marks mails as being sent; leaves out mails that changed since rendering or that another node has. */
    List<Claimed> claim(Handle tx, List<Prepared> all, Instant now) {
        if (all.isEmpty()) {
            return List.of();
        }
        UUID token = UUID.randomUUID();
        // two nodes that want the same mails ask for them in one order, so that neither waits for the other in a circle
        List<Prepared> sorted = all.stream()
                .sorted(Comparator.comparing((Prepared one) -> one.mail().id()))
                .toList();
        int[] held = tx.attach(OutboxDao.class)
                .claim(
                        sorted.stream().map(one -> one.mail().id()).toList(),
                        sorted.stream().map(one -> one.mail().version()).toList(),
                        token,
                        now.plus(LEASE));
        List<Claimed> claimed = new ArrayList<>();
        for (int i = 0; i < held.length; i++) {
            if (held[i] > 0) {
                Prepared one = sorted.get(i);
                claimed.add(new Claimed(one, one.mail().sending(token)));
            }
        }
        return claimed;
    }

    /** Gives back marked mails that were not handed over: nothing happened to them. */
    void release(Handle tx, List<Claimed> all) {
        OutboxDao dao = tx.attach(OutboxDao.class);
        for (Claimed one : all) {
            OutboxMail before = one.prepared().mail();
            dao.release(before.id(), one.token(), before.state().word(), before.resends());
        }
    }

    /** Mails whose node died while sending become uncertain, because nobody knows what happened. */
    int giveUpAbandoned(Instant now, BiConsumer<Handle, OutboxMail> note) {
        return database.inTransaction(tx -> {
            OutboxDao dao = tx.attach(OutboxDao.class);
            List<OutboxMail> abandoned = dao.listAbandoned(now);
            for (OutboxMail mail : abandoned) {
                UUID token = Objects.requireNonNull(mail.leaseToken());
                dao.finish(List.of(new Attempt.Outcome(
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
                        now)));
                note.accept(tx, mail);
            }
            return abandoned.size();
        });
    }

    /** The outcome of a mail; an expired one is {@code mail.refused}, because its reader was not told. */
    static Evidence record(
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
        return Evidence.of(type, Actor.SYSTEM, Subject.of("mail", mail.id(), mail.version()))
                .occurredAt(settledAt)
                .data("kind", mail.kind())
                .data("about", about == null ? null : about.toString())
                .data("to", personRef)
                .data("messageId", mail.messageId())
                .data("state", state.word())
                .data("attempts", (long) mail.attempts())
                .data("code", answer == null ? null : (long) answer.code())
                .data("phase", answer == null ? null : answer.phase().word())
                .priv("answer", answer == null ? null : answer.text());
    }
}
