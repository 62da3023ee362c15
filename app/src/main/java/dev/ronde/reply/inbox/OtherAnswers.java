package dev.ronde.reply.inbox;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.mail.inbox.Decision;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.text.Cut;
import dev.ronde.reminder.DigestList;
import dev.ronde.reminder.MuteDao;
import dev.ronde.reply.SenderName;
import dev.ronde.reply.grammar.MailWord;
import dev.ronde.reply.grammar.Understood;
import dev.ronde.reply.inbox.Identity.Standing;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Remarks;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Answers that are not simply done: somebody is asked or told, or the words are kept. */
final class OtherAnswers {
    private static final Actor UNVERIFIED = new Actor("mail", "unverified", "none");

    private static final int NOTE = 4_000;

    /** What an answer to a list must first say of which review. */
    private static final Set<Understood.Doubt> NOT_IN_A_LIST =
            Set.of(Understood.Doubt.UNCLEAR, Understood.Doubt.WHICH_DATE, Understood.Doubt.WHICH_PERSON);

    private final Remarks remarks;
    private final People people;
    private final DigestList findings;
    private final AnswerPost post;
    private final EvidenceLog evidence;
    private final Messages messages;
    private final Locale language;

    /** @param language in which comments of somebody unverified are marked as such */
    OtherAnswers(
            Remarks remarks,
            People people,
            DigestList findings,
            AnswerPost post,
            EvidenceLog evidence,
            Messages messages,
            Locale language) {
        this.remarks = remarks;
        this.people = people;
        this.findings = findings;
        this.post = post;
        this.evidence = evidence;
        this.messages = messages;
        this.language = language;
    }

    /** Asks for help, fewer mails, or nothing that can be understood; empty for what a review or a list decides. */
    Optional<Outcome> small(Handle tx, Incoming in, Person by, Optional<Review> review, Instant now) {
        Understood said = in.understood();
        Review about = review.orElse(null);
        String ref = review.map(Review::ref).orElse("");
        if (review.isEmpty() && NOT_IN_A_LIST.contains(said.doubt())) {
            return Optional.empty();
        }
        if (said.doubt() != Understood.Doubt.NONE) {
            boolean empty = said.doubt() == Understood.Doubt.EMPTY;
            if (review.isPresent() && !(empty && in.kept().isEmpty())) {
                comment(tx, in, review.get(), true);
            }
            boolean later = review.filter(one -> one.stateAt(now) == ReviewState.ATTESTED)
                            .isPresent()
                    && !in.kept().isEmpty()
                    && (empty || said.doubt() == Understood.Doubt.UNCLEAR);
            if (later) {
                // a file that comes after the attestation, as its receipt asks for
                post.say(tx, Saying.KEPT, in, by, about, "", now);
                return Optional.of(Outcome.of(Decision.COMMENTED, "file-kept").on(ref));
            }
            post.say(tx, saying(said.doubt()), in, by, about, "", now);
            Decision decision = review.isPresent() ? Decision.COMMENTED : Decision.REJECTED;
            return Optional.of(
                    Outcome.of(decision, said.doubt().word().replace('_', '-')).on(ref));
        }
        if (said.verb() == MailWord.HELP) {
            post.say(tx, Saying.HELP, in, by, about, "", now);
            return Optional.of(Outcome.of(Decision.EXECUTED, "help").on(ref));
        }
        if (said.verb() == MailWord.STOP) {
            return Optional.of(stop(tx, in, by, about, now).on(ref));
        }
        return Optional.empty();
    }

    private static Saying saying(Understood.Doubt doubt) {
        return switch (doubt) {
            case EMPTY -> Saying.EMPTY;
            case CONTRADICTORY -> Saying.CONTRADICTORY;
            case UNREADABLE -> Saying.UNREADABLE;
            case ENCRYPTED -> Saying.ENCRYPTED;
            case WHICH_DATE -> Saying.WHICH_DATE;
            case WHICH_PERSON -> Saying.WHICH_PERSON;
            case UNCLEAR, NONE -> Saying.UNCLEAR;
        };
    }

    private Outcome stop(Handle tx, Incoming in, Person by, @Nullable Review review, Instant now) {
        if (tx.attach(MuteDao.class).mute(by.id(), now) > 0) {
            evidence.append(
                    tx,
                    Evidence.of("person.changed", Incoming.actor(by), Subject.of("person", by.actorRef(), by.version()))
                            .data("optionalMails", "muted"));
        }
        post.say(tx, Saying.STOPPED, in, by, review, "", now);
        return Outcome.of(Decision.EXECUTED, "optional-mails-muted");
    }

    /** The person is asked, at the address on file, to do it by the link. */
    Outcome confirm(Handle tx, Incoming in, Person person, Optional<Review> review, String rule, Instant now) {
        post.say(tx, Saying.CONFIRM, in, person, review.orElse(null), "", now);
        return Outcome.of(Decision.CHALLENGED, rule).on(review.map(Review::ref).orElse(""));
    }

    Outcome forged(Handle tx, Incoming in, Person bound, Optional<Review> review, Instant now) {
        post.say(tx, Saying.FORGED, in, bound, review.orElse(null), "", now);
        return Outcome.of(Decision.QUARANTINED, "dmarc-fail")
                .on(review.map(Review::ref).orElse(""));
    }

    /** Somebody else answered: their words are kept as theirs, and the owner, or for a problem the lead too, is told. */
    Outcome ofAnother(Handle tx, Incoming in, Person bound, Optional<Review> review, Standing standing, Instant now) {
        if (review.isEmpty()) {
            return Outcome.of(Decision.UNMATCHED, "digest-of-another");
        }
        comment(tx, in, review.get(), false);
        String who = CleanText.line(in.mail().shownFrom());
        boolean gone = !bound.active();
        boolean approval = standing == Standing.APPROVAL;
        Optional<Person> told = gone ? holder(tx, review.get()) : Optional.of(bound);
        Saying telling = gone ? Saying.TO_GONE : Saying.TOLD;
        String words = gone ? CleanText.line(bound.name()) : who;
        told.ifPresent(holder ->
                post.say(tx, approval && !gone ? Saying.APPROVAL : telling, in, holder, review.get(), words, now));
        if (told.isEmpty() || in.understood().verb() == MailWord.PROBLEM) {
            people.leads(tx).stream()
                    .filter(lead ->
                            told.map(Person::id).filter(lead.id()::equals).isEmpty())
                    .forEach(lead -> post.say(tx, telling, in, lead, review.get(), words, now));
        }
        return Outcome.of(approval ? Decision.CHALLENGED : Decision.COMMENTED, standing.rule())
                .on(review.get().ref());
    }

    private Optional<Person> holder(Handle tx, Review review) {
        return Optional.ofNullable(review.ownerId())
                .flatMap(id -> people.find(tx, id))
                .filter(Person::active);
    }

    /** The handle has run out or was taken back; its holder gets the link as it is now. */
    Outcome expired(Handle tx, Incoming in, Person bound, boolean owner, Optional<Review> review, Instant now) {
        if (owner) {
            post.say(tx, Saying.EXPIRED, in, bound, review.orElse(null), "", now);
        }
        return Outcome.of(Decision.REJECTED, "handle-expired");
    }

    Outcome whichMail(Handle tx, Incoming in, Person bound, boolean owner, Instant now) {
        if (owner) {
            post.say(tx, Saying.WHICH_MAIL, in, bound, null, "", now);
        }
        return Outcome.of(Decision.REJECTED, "several-handles");
    }

    /** The mail that is answered tells of something else: “ok” says that its reader received what the checks found, and no other word does
     * anything there but “stop”.
     *
     * @param answered the mail, or the one thing it tells of
     * @param sure whether it is known well enough who wrote */
    Outcome aboutNoReview(Handle tx, Incoming in, UUID answered, Person by, boolean sure, Instant now) {
        Understood said = in.understood();
        if (sure && said.clear() && said.verb() == MailWord.STOP) {
            return stop(tx, in, by, null, now);
        }
        boolean received = sure
                && said.clear()
                && said.verb() == MailWord.ACKNOWLEDGE
                && said.items().isEmpty();
        List<String> about = received ? findings.acknowledge(tx, answered, by, Incoming.actor(by)) : List.of();
        if (!about.isEmpty()) {
            post.say(tx, Saying.RECEIVED, in, by, null, String.join(", ", about), now);
            return Outcome.of(Decision.EXECUTED, "finding-acknowledged");
        }
        post.say(tx, Saying.NO_REVIEW, in, by, null, "", now);
        return Outcome.of(Decision.REJECTED, "about-no-review");
    }

    Outcome unmatched(Handle tx, Incoming in, Person sender, Instant now) {
        post.say(tx, Saying.UNMATCHED, in, sender, null, "", now);
        return Outcome.of(Decision.UNMATCHED, "no-handle");
    }

    /** Keeps the words with the review; of anybody but the right person with their address and without files. */
    void comment(Handle tx, Incoming in, Review review, boolean verified) {
        String words = in.understood().words();
        String text = Cut.to(verified ? words : marked(in), NOTE);
        Actor by =
                verified && in.sender().isPresent() ? Incoming.actor(in.sender().get()) : UNVERIFIED;
        List<Remarks.Enclosure> files = verified ? in.kept() : List.of();
        if (!text.isBlank() || !files.isEmpty()) {
            remarks.comment(tx, review, text, files, by, Channel.REPLY);
        }
    }

    /** A lead keeps somebody's words with the review: it is the lead who does so, and the address is only what the message claims. */
    void passedOn(Handle tx, Incoming in, Review review, Actor by, Channel channel) {
        remarks.comment(tx, review, Cut.to(marked(in), NOTE), List.of(), by, channel);
    }

    private String marked(Incoming in) {
        return SenderName.of(messages, language, in.mail().shownFrom(), in.verified()) + ": "
                + in.understood().words();
    }
}
