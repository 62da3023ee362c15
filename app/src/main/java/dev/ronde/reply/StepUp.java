package dev.ronde.reply;

import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.evidence.ledger.Hash;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.handle.HandleSigner;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.text.Worded;
import dev.ronde.platform.time.Ids;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.plan.Assurance;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whoever holds a link for six digits that are mailed to the address on file, so that a forwarded mail alone acts for
 * nobody. A code confirms one form, for ten minutes and five tries; after that the link waits an hour.
 *
 * @param strict whether {@code RONDE_MAIL_POLICY} asks for a code where the plan does not
 */
record StepUp(
        Reviews reviews,
        Outbox outbox,
        HandleSigner signer,
        EvidenceLog evidence,
        InstantSource clock,
        boolean strict) {
    private static final Logger log = LoggerFactory.getLogger(StepUp.class);
    static final String CODE = "code";

    private static final Duration VALID = Duration.ofMinutes(10);
    private static final Duration LOCK = Duration.ofHours(1);
    private static final int TRIES = 5;
    private static final int CODES_AN_HOUR = 5;
    private static final List<String> NOT_MEANT = List.of("n", "code", "again");

    enum Standing implements Worded {
        /** The link is enough. */
        NOT_NEEDED,
        /** The right code came with the form. */
        PROVED,
        /** A code is on its way. */
        SENT,
        /** It is on its way since an earlier press of the button. */
        WAITING,
        /** The code is wrong; another try is left. */
        WRONG,
        /** The code came too late; a new one is on its way. */
        LATE,
        /** Five codes were wrong: this link acts no more for an hour. */
        LOCKED,
        /** Too many codes were asked for within an hour. */
        TOO_MANY;

        boolean open() {
            return this == NOT_NEEDED || this == PROVED;
        }

        Actor actor(String personRef) {
            return new Actor("link", personRef, this == PROVED ? "link+code" : "link");
        }
    }

    /** Whether this action by link needs a code; where the plan wants people signed in, a code does not help. */
    boolean needed(Handle tx, Verb action, Review review) {
        if (action.byMail() != Verb.ByMail.PROVEN) {
            return false;
        }
        Assurance required = action == Verb.ATTEST ? reviews.requiredAssurance(tx, review) : Assurance.MAIL_LINK;
        return required == Assurance.MAIL_CODE || (strict && required == Assurance.MAIL_LINK);
    }

    /** Judges the form, counts its code, or mails one, in the caller's transaction, which must commit unless it acts. */
    Standing judge(Handle tx, LinkPages.Visit visit, Review review, Verb action, Map<String, String> form) {
        if (!needed(tx, action, review)) {
            return Standing.NOT_NEEDED;
        }
        ChallengeDao dao = tx.attach(ChallengeDao.class);
        Instant now = clock.instant();
        List<Challenge> recent = dao.listOf(visit.grant().id(), now.minus(LOCK));
        if (recent.stream().anyMatch(asked -> asked.usedAt() == null && asked.tries() >= TRIES)) {
            return Standing.LOCKED;
        }
        String meant = digest(action, form);
        Optional<Challenge> live = recent.stream()
                .filter(asked -> asked.live(now) && asked.formSha256().equals(meant))
                .findFirst();
        String code = form.get("code");
        if (live.isPresent() && code != null) {
            return enter(tx, dao, visit, review, live.get(), code);
        }
        if (live.isPresent() && !form.containsKey("again")) {
            return Standing.WAITING;
        }
        if (recent.size() >= CODES_AN_HOUR) {
            return Standing.TOO_MANY;
        }
        live.ifPresent(old -> dao.expire(old.id(), now));
        send(tx, dao, visit, review, action, form, meant);
        return code == null ? Standing.SENT : Standing.LATE;
    }

    private Standing enter(
            Handle tx, ChallengeDao dao, LinkPages.Visit visit, Review review, Challenge asked, String code) {
        if (dao.countTry(asked.id(), TRIES) == 0) {
            return Standing.LOCKED;
        }
        byte[] given = code.replaceAll("\\s", "").getBytes(StandardCharsets.UTF_8);
        if (MessageDigest.isEqual(code(asked.id()).getBytes(StandardCharsets.UTF_8), given)) {
            if (dao.use(asked.id(), clock.instant()) == 0) {
                throw Problem.conflict("changed_meanwhile", "This code was used already.");
            }
            return Standing.PROVED;
        }
        boolean last = asked.tries() + 1 >= TRIES;
        if (last) {
            log.warn("link grant {} locked after {} wrong codes", visit.grant().id(), TRIES);
            Actor holder = new Actor("link", visit.person().actorRef(), "link");
            evidence.append(
                    tx,
                    Evidence.of("link.locked", holder, Subject.of("review", review.ref(), review.version()))
                            .data("action", asked.action())
                            .data("wrongCodes", TRIES)
                            .data("until", asked.createdAt().plus(LOCK)));
        }
        return last ? Standing.LOCKED : Standing.WRONG;
    }

    private void send(
            Handle tx,
            ChallengeDao dao,
            LinkPages.Visit visit,
            Review review,
            Verb action,
            Map<String, String> form,
            String meant) {
        Instant now = clock.instant();
        Challenge challenge =
                new Challenge(Ids.next(clock), visit.grant().id(), action.word(), meant, 0, now, now.plus(VALID), null);
        dao.insert(challenge);
        NewMail mail = NewMail.toPerson(
                "code:" + challenge.id(),
                CODE,
                MailClass.CODE,
                review.id(),
                review.ref(),
                visit.person().id(),
                Map.of(
                        "challenge", challenge.id().toString(),
                        "outcome", form.getOrDefault("outcome", ""),
                        "to", form.getOrDefault("to", "")),
                now);
        outbox.enqueue(tx, mail.until(challenge.expiresAt()));
    }

    /** The six digits of a challenge; they follow from the mail key, which the database does not hold. */
    String code(UUID challengeId) {
        long number =
                ByteBuffer.wrap(signer.seal("step-up", challengeId.toString())).getLong();
        return String.format(Locale.ROOT, "%06d", Math.floorMod(number, 1_000_000L));
    }

    private static String digest(Verb action, Map<String, String> form) {
        Map<String, String> meant = new TreeMap<>(form);
        NOT_MEANT.forEach(meant::remove);
        meant.put("action", action.word());
        StringBuilder text = new StringBuilder();
        meant.forEach(
                (field, value) -> text.append(field).append('\0').append(value).append('\0'));
        return Hash.sha256(text.toString()).hex();
    }
}
