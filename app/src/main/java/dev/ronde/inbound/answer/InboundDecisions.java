package dev.ronde.inbound.answer;

import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.inbound.answer.Incoming.Consideration;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.inbound.inbox.InboundMail;
import dev.ronde.inbound.inbox.Inbox;
import dev.ronde.inbound.inbox.Ruling;
import dev.ronde.inbound.message.MailReader;
import dev.ronde.inbound.message.MailSort;
import dev.ronde.inbound.message.ReadMail;
import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.db.Database;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.schedule.Tick;
import dev.ronde.review.Review;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what arrived, one message after the other in the order of arrival, each once: the reading is pure and outside of
 * any transaction, the decision and all it does is one transaction. A message on which the program fails is tried again
 * and, after the third time, put aside; those behind it go on.
 */
public final class InboundDecisions implements Tick {
    private static final Logger log = LoggerFactory.getLogger(InboundDecisions.class);
    private static final int A_RUN = 500;
    private static final int TRIES = 3;
    /** How often a change by somebody else in the same instant may come between. */
    private static final int RACES = 10;

    private static final Duration WAIT = Duration.ofSeconds(20);

    private final Database database;
    private final Inbox inbox;
    private final MailReader reader;
    private final HumanMail humans;
    private final ProgramMail programs;
    private final AddressHealth health = new AddressHealth();
    private final EvidenceLog evidence;
    private final InstantSource clock;
    /** Within this process nobody waits at a row of the database for what is decided here. */
    private final ReentrantLock order = new ReentrantLock(true);

    InboundDecisions(
            Database database,
            Inbox inbox,
            MailReader reader,
            HumanMail humans,
            ProgramMail programs,
            EvidenceLog evidence,
            InstantSource clock) {
        this.database = database;
        this.inbox = inbox;
        this.reader = reader;
        this.humans = humans;
        this.programs = programs;
        this.evidence = evidence;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mail-inbox";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public int run(Instant now) {
        int decided = 0;
        for (UUID id : inbox.waiting(now, A_RUN)) {
            decided += inTurn(id) ? 1 : 0;
        }
        return decided;
    }

    /** Decides one stored message now, and before it those that came earlier and still wait: a person's second answer must not
     * overtake the first.
     *
     * @return false where it is decided already, or put off */
    public boolean decide(UUID id) {
        order.lock();
        try {
            inbox.earlier(id, clock.instant(), A_RUN).forEach(this::one);
            return one(id);
        } finally {
            order.unlock();
        }
    }

    private boolean inTurn(UUID id) {
        order.lock();
        try {
            return one(id);
        } finally {
            order.unlock();
        }
    }

    private boolean one(UUID id) {
        Optional<InboundMail> stored =
                inbox.find(id).filter(mail -> mail.state().equals(InboundMail.STORED));
        Optional<byte[]> raw = inbox.raw(id);
        if (stored.isEmpty() || raw.isEmpty()) {
            return false;
        }
        try {
            ReadMail mail = reader.read(raw.get(), stored.get().arrival().headersOnly());
            return database.inTransaction(tx -> inbox.lock(tx, id)
                    .map(locked -> {
                        settle(tx, locked, mail);
                        return true;
                    })
                    .orElse(false));
        } catch (RuntimeException e) {
            return failed(stored.get(), e);
        }
    }

    private void settle(Handle tx, InboundMail stored, ReadMail mail) {
        Instant now = clock.instant();
        Consideration done = inbox.acted(tx, stored)
                .map(first -> new Consideration(
                        Incoming.unread(stored, mail, Optional.empty(), Optional.empty()),
                        Outcome.of(Decision.IGNORED, "same-letter-again", "it came before as " + first)))
                .orElseGet(() -> considered(tx, stored, mail, now));
        write(tx, done.in(), done.outcome(), Actor.SYSTEM, now);
    }

    private Consideration considered(Handle tx, InboundMail stored, ReadMail mail, Instant now) {
        if (mail.sort() != MailSort.HUMAN) {
            return programs.consider(tx, stored, mail, now);
        }
        Consideration done = humans.consider(tx, stored, mail, now);
        done.in().proven().ifPresent(person -> {
            health.ok(tx, person.email(), now);
            health.back(tx, person.id());
        });
        return done;
    }

    /** Keeps an unmatched message with the review a lead names.
     *
     * @throws Problem 409 where it is matched already or its source is gone */
    public void assign(UUID id, Review review, Actor by, Channel channel) {
        byte[] raw = inbox.raw(id)
                .orElseThrow(() -> Problem.conflict("source_gone", "The source of this message is no longer kept."));
        database.useTransaction(tx -> {
            InboundMail stored = inbox.find(id).orElseThrow(() -> Problem.notFound("message", id));
            if (stored.ruling().decision() != Decision.UNMATCHED) {
                throw Problem.conflict("not_unmatched", "Only a message that answers nothing can be assigned.");
            }
            ReadMail mail = reader.read(raw, stored.arrival().headersOnly());
            Instant now = clock.instant();
            Consideration kept = humans.assigned(tx, stored, mail, review, by, channel, now);
            write(tx, kept.in(), kept.outcome(), by, now);
        });
    }

    private void write(Handle tx, Incoming in, Outcome outcome, Actor by, Instant now) {
        UUID id = in.stored().id();
        Ruling ruling = new Ruling(
                outcome.decision(),
                outcome.rule(),
                InboundRow.shortened(outcome.reason(), 500),
                InboundRow.refs(outcome.about(), 200),
                record(tx, in, outcome, by),
                now);
        inbox.decide(tx, id, InboundRow.reading(in), ruling, InboundRow.files(id, in.files()));
        log.info(
                "message {} {} {} {}",
                id,
                in.mail().sort().word(),
                outcome.decision().word(),
                outcome.rule());
    }

    /** Mail without effect from unknown senders leaves no record: anybody can send it. */
    private @Nullable UUID record(Handle tx, Incoming in, Outcome outcome, Actor by) {
        boolean nothing = outcome.decision() == Decision.IGNORED || outcome.decision() == Decision.UNMATCHED;
        if (nothing && in.answered().isEmpty()) {
            return null;
        }
        return evidence.append(
                tx,
                Evidence.of(
                                "mail.received",
                                by,
                                Subject.of("message", in.stored().id()))
                        .occurredAt(in.stored().arrival().receivedAt())
                        .data("sha256", in.stored().arrival().rawSha256())
                        .data("sort", in.mail().sort().word())
                        .data("verdict", in.mail().auth().verdict().word())
                        .data(
                                "matchedBy",
                                in.answered()
                                        .map(answer -> answer.place().word())
                                        .orElse(null))
                        .data("sender", in.writer().map(Person::actorRef).orElse(null))
                        .data("verb", InboundRow.verb(in))
                        .data("decision", outcome.decision().word())
                        .data("rule", outcome.rule())
                        .data("about", outcome.about())
                        .data("lines", outcome.lines().isEmpty() ? null : outcome.lines())
                        .priv("line", InboundRow.shortened(InboundRow.lines(in), Evidence.MAX_PRIVATE)));
    }

    private boolean failed(InboundMail stored, RuntimeException failure) {
        boolean expected = failure instanceof Problem;
        log.warn("message {} could not be decided: {}", stored.id(), failure.toString(), expected ? null : failure);
        if (stored.attempts() + 1 < (expected ? RACES : TRIES)) {
            inbox.postpone(stored.id(), String.valueOf(failure.getMessage()), expected ? Duration.ZERO : WAIT);
            return false;
        }
        database.useTransaction(tx -> inbox.lock(tx, stored.id())
                .ifPresent(locked -> inbox.decide(
                        tx,
                        locked.id(),
                        locked.reading(),
                        new Ruling(
                                Decision.FAILED,
                                "failed-three-times",
                                InboundRow.shortened(String.valueOf(failure.getMessage()), 500),
                                null,
                                null,
                                clock.instant()),
                        List.of())));
        return true;
    }
}
