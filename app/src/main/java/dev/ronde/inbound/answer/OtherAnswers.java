package dev.ronde.inbound.answer;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.evidence.Actor;
import dev.ronde.evidence.Evidence;
import dev.ronde.evidence.EvidenceLog;
import dev.ronde.evidence.Subject;
import dev.ronde.inbound.grammar.MailWord;
import dev.ronde.inbound.grammar.Understood;
import dev.ronde.inbound.inbox.Decision;
import dev.ronde.mail.smtp.CleanText;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.resource.Messages;
import dev.ronde.platform.text.Cut;
import dev.ronde.reminder.DigestList;
import dev.ronde.reminder.MuteDao;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Remarks;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Answers that are not simply done: somebody is asked or told, or the words are kept.
 *
 * @param language in which comments of somebody unverified are marked as such
 */
record OtherAnswers(
        Remarks remarks,
        People people,
        DigestList findings,
        AnswerPost post,
        EvidenceLog evidence,
        Messages messages,
        Locale language) {
    private static final Actor UNVERIFIED = new Actor("mail", "unverified", "none");

    private static final int NOTE = 4_000;

    /** What an answer to a list must first say of which review. */
    private static final Set<Understood.Doubt> NOT_IN_A_LIST =
            Set.of(Understood.Doubt.UNCLEAR, Understood.Doubt.WHICH_DATE, Understood.Doubt.WHICH_PERSON);

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
            post.say(tx, Saying.of(said.doubt().word()), in, by, about, "", now);
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

    /** Somebody else answered: their words are kept as theirs, and the owner, or for a problem the lead too, is told. */
    Outcome ofAnother(Handle tx, Incoming in, Person bound, Optional<Review> review, Instant now) {
        if (review.isEmpty()) {
            return Outcome.of(Decision.UNMATCHED, "digest-of-another");
        }
        comment(tx, in, review.get(), false);
        Optional<Person> told = bound.active() ? Optional.of(bound) : holder(tx, review.get());
        told.ifPresent(person -> post.say(tx, Saying.TOLD, in, person, review.get(), "", now));
        if (told.isEmpty() || in.understood().verb() == MailWord.PROBLEM) {
            people.leads(tx).forEach(lead -> post.say(tx, Saying.TOLD, in, lead, review.get(), "", now));
        }
        return Outcome.of(Decision.COMMENTED, Standing.COMMENT.rule())
                .on(review.get().ref());
    }

    private Optional<Person> holder(Handle tx, Review review) {
        return Optional.ofNullable(review.ownerId())
                .flatMap(id -> people.find(tx, id))
                .filter(Person::active);
    }

    /**
     * The mail that is answered tells of something else: “ok” says that its reader received what the checks found, and no other word does
     * anything there but “stop”.
     *
     * @param answered the mail, or the one thing it tells of
     */
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

    /** Who wrote is named by the real address, never by the name beside it, and as unverified unless our mail server vouches. */
    private String marked(Incoming in) {
        String from = CleanText.line(in.mail().shownFrom());
        String who = from.isEmpty()
                ? messages.text(language, "reply.sender.unknown")
                : in.verified() ? from : messages.text(language, "reply.sender.unverified", from);
        return who + ": " + in.understood().words();
    }
}
