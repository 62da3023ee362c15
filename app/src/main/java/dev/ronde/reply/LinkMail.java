package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailAddresses;
import dev.ronde.mail.MailClass;
import dev.ronde.mail.MailContent;
import dev.ronde.mail.MailKind;
import dev.ronde.mail.MailReason;
import dev.ronde.mail.MailWriter;
import dev.ronde.mail.NewMail;
import dev.ronde.mail.Outbox;
import dev.ronde.mail.OutboxMail;
import dev.ronde.mail.Rendering;
import dev.ronde.reminder.ReviewModels;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A new link for whoever holds one that has run out or was taken back: to the address on file and to no other, once an hour for each review
 * and five times a day, and only to who has something to do with the review still. Whether one leaves is not told to who asks.
 */
final class LinkMail implements MailKind {
    static final String NAME = "link";

    private static final int A_DAY = 5;
    private static final Duration DAY = Duration.ofDays(1);

    private final Reviews reviews;
    private final People people;
    private final ActionView view;
    private final ReviewModels models;
    private final Outbox outbox;
    private final MailWriter writer;
    private final MailAddresses addresses;

    LinkMail(
            Reviews reviews,
            People people,
            ActionView view,
            ReviewModels models,
            Outbox outbox,
            MailWriter writer,
            MailAddresses addresses) {
        this.reviews = reviews;
        this.people = people;
        this.view = view;
        this.models = models;
        this.outbox = outbox;
        this.writer = writer;
        this.addresses = addresses;
    }

    /** Queues one for the visitor with a dead link, where that may be. */
    void queue(Handle tx, LinkPages.Visit visit) {
        Person person = visit.person();
        Instant now = visit.now();
        Optional<Review> review = reviews.find(tx, visit.grant().subjectId());
        if (review.isEmpty()
                || !entitled(tx, review.get(), person)
                || outbox.countReceipts(tx, person.id(), NAME, now.minus(DAY)) >= A_DAY) {
            return;
        }
        long hour = now.getEpochSecond() / Duration.ofHours(1).toSeconds();
        outbox.enqueue(
                tx,
                NewMail.toPerson(
                        NAME + ":" + review.get().id() + ":" + person.id() + ":" + hour,
                        NAME,
                        MailClass.RECEIPT,
                        review.get().id(),
                        review.get().ref(),
                        person.id(),
                        Map.of(),
                        now));
    }

    /** Whoever has left gets nothing, nor does who is nothing to the review any more and did not attest it. */
    private boolean entitled(Handle tx, Review review, Person person) {
        return person.active()
                && people.here(tx, person)
                && (!view.ties(tx, person, review).witness()
                        || person.actorRef().equals(review.attestation().performedBy()));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Rendering render(Handle tx, OutboxMail mail, Instant now) {
        Person person = people.get(tx, Objects.requireNonNull(mail.personId()));
        Review review =
                reviews.find(tx, Objects.requireNonNull(mail.subjectId())).orElseThrow();
        if (!entitled(tx, review, person)) {
            return Rendering.cancelled(MailReason.PERSON_INACTIVE);
        }
        Map<String, Object> model = models.of(tx, review, person, now);
        return MailContent.to(person, writer.write(NAME, person.language(), model))
                .inThread(addresses.threadRoot(review.id(), person.id()))
                .keeping(Map.of(ReviewModels.SHOWN, ReviewModels.shown(review, model)));
    }
}
