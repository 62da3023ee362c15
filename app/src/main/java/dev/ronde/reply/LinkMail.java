package dev.ronde.reply;

import dev.ronde.account.Person;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A new link for whoever holds one that has run out or was taken back: to the address on file and to no other, once in any hour for each
 * review and five times in any day, and only to who has something to do with the review still. Whether one leaves is not told to who asks.
 */
record LinkMail(ReviewMails mails, LinkView view, Outbox outbox) implements MailKind {
    static final String NAME = "link";

    private static final int A_DAY = 5;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    /** Queues one for the visitor with a dead link, where that may be. */
    void queue(Handle tx, LinkPages.Visit visit) {
        Person person = visit.person();
        Instant now = visit.now();
        Optional<Review> review = mails.reviews()
                .find(tx, visit.grant().subjectId())
                .filter(found -> nothingToDo(tx, found, person, now).isEmpty());
        if (review.isEmpty() || outbox.countReceipts(tx, person.id(), NAME, now.minus(DAY)) >= A_DAY) {
            return;
        }
        Optional<OutboxMail> last = outbox.listOf(tx, review.get().id(), person.id()).stream()
                .filter(mail -> mail.kind().equals(NAME))
                .reduce((earlier, later) -> later);
        if (last.filter(mail -> mail.createdAt().plus(HOUR).isAfter(now)).isPresent()) {
            return;
        }
        // two that ask at the same moment both come after the same one, so that one of them is written
        String after = last.map(mail -> mail.id().toString()).orElse("first");
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        NAME + ":" + review.get().id() + ":" + person.id() + ":" + after,
                        NAME,
                        MailClass.RECEIPT,
                        review.get().id(),
                        review.get().ref(),
                        person.id(),
                        Map.of(),
                        now));
    }

    /** Why a link would be of no use to this person; empty where there is something they may do with the review by it. */
    private Optional<MailReason> nothingToDo(Handle tx, Review review, Person person, Instant now) {
        if (!person.active() || !mails.people().here(tx, person)) {
            return Optional.of(MailReason.PERSON_INACTIVE);
        }
        Ties ties = view.ties(tx, person, review);
        return switch (review.stateAt(now)) {
            case OPEN, ACKNOWLEDGED -> because(ties.witness(), MailReason.WITH_ANOTHER);
            case ATTESTED ->
                because(
                        !view.mayUndo(review, person, now)
                                && !(ties.mayReport(review, person.actorRef(), person.leads())
                                        && now.isBefore(review.dates().missedFrom())),
                        MailReason.REVIEW_ATTESTED);
            case MISSED -> because(!review.completable() || !ties.may(Verb.ATTEST), MailReason.REVIEW_MISSED);
            case CANCELLED -> Optional.of(MailReason.REVIEW_CANCELLED);
            case SCHEDULED -> Optional.of(MailReason.REVIEW_SCHEDULED);
        };
    }

    private static Optional<MailReason> because(boolean nothing, MailReason reason) {
        return nothing ? Optional.of(reason) : Optional.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = mails.person(tx, mail);
        Review review = mails.review(tx, mail);
        Optional<MailReason> nothing = nothingToDo(tx, review, person, now);
        if (nothing.isPresent()) {
            return Rendering.cancelled(nothing.get(), review.ref());
        }
        Map<String, Object> model = mails.models().of(tx, review, person, now);
        return mails.content(NAME, review, person, model)
                .keeping(Map.of(ReviewModels.SHOWN, ReviewModels.shown(review, model)));
    }
}
