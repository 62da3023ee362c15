package dev.ronde.mail;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Decisions of leads: send a mail again, or release, collapse or discard what the brake holds. */
public record OutboxDecisions(Database database, MailKinds kinds, EvidenceLog evidence, InstantSource clock) {
    private static final int BATCH = 500;

    public enum Decision {
        /** They are sent as they are. */
        RELEASE,
        /** Each person gets one digest instead. */
        COLLAPSE,
        /** They are not sent. */
        DISCARD
    }

    /** Queues the mail once more, under the same Message-ID.
     *
     * @throws Problem 404 for an unknown mail, 409 for one that is just being sent */
    public void resend(UUID id, Actor by) {
        Instant now = clock.instant();
        database.useTransaction(tx -> {
            OutboxDao dao = tx.attach(OutboxDao.class);
            OutboxMail mail = dao.find(id).orElseThrow(() -> Problem.notFound("mail", id));
            if (dao.requeue(id, MailReason.RESENT.with(), now, now.plus(Outbox.USUAL_LIFE)) == 0) {
                throw Problem.conflict("sending", "This mail is being sent right now. Look again in a minute.");
            }
            evidence.append(
                    tx,
                    Evidence.of("mail.resent", by, Subject.of("mail", id, mail.version() + 1))
                            .data("kind", mail.kind())
                            .data("about", mail.about()));
        });
    }

    /** Decides about everything the brake holds, and opens the way out again. */
    public int decide(Decision decision, Actor by) {
        Instant now = clock.instant();
        return database.inTransaction(tx -> {
            tx.attach(ChannelDao.class).lock();
            OutboxDao dao = tx.attach(OutboxDao.class);
            int sum = 0;
            Set<UUID> told = new HashSet<>();
            for (List<OutboxMail> held = dao.listByState("held", BATCH);
                    !held.isEmpty();
                    held = dao.listByState("held", BATCH)) {
                for (OutboxMail mail : held) {
                    if (apply(tx, dao, decision, mail, now)) {
                        told.add(Objects.requireNonNullElse(mail.personId(), mail.id()));
                    }
                }
                sum += held.size();
            }
            tx.attach(ChannelDao.class).reopen(now.plus(Brake.WINDOW), told.size(), now);
            record(tx, by, Subject.of("mail", "brake"), decision.name().toLowerCase(java.util.Locale.ROOT), sum);
            return sum;
        });
    }

    public void tryAgain(Actor by) {
        Instant now = clock.instant();
        database.useTransaction(tx -> {
            tx.attach(ChannelDao.class).reopen(null, 0, now);
            record(tx, by, Subject.of("mail", "channel"), "try-again", 0);
        });
    }

    /** Returns whether another mail tells the same. */
    private boolean apply(Handle tx, OutboxDao dao, Decision decision, OutboxMail mail, Instant now) {
        MailKind kind = kinds.get(mail.kind());
        if (decision == Decision.RELEASE || (decision == Decision.COLLAPSE && !kind.collapse(tx, mail, now))) {
            dao.letGo(mail.id(), now.plus(Outbox.USUAL_LIFE));
            return false;
        }
        MailState state = decision == Decision.COLLAPSE ? MailState.SUPERSEDED : MailState.CANCELLED;
        MailReason reason = decision == Decision.COLLAPSE ? MailReason.COLLAPSED : MailReason.DISCARDED;
        dao.move(mail.id(), List.of("held"), state.word(), reason.with());
        kind.settled(tx, mail, state, now);
        return decision == Decision.COLLAPSE;
    }

    private void record(Handle tx, Actor by, Subject subject, String action, int mails) {
        evidence.append(
                tx,
                Evidence.of("config.changed", by, subject)
                        .data("action", "mail." + action)
                        .data("mails", (long) mails));
    }
}
