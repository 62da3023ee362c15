package dev.ronde.reply;

import dev.ronde.account.People;
import dev.ronde.account.Person;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.handle.Grants;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Attesting;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Ties;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.estate.CheckWords;
import dev.ronde.review.room.PageVisitor;
import dev.ronde.review.room.ReviewStory;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What somebody with a link, or its mail, is told of a review beside the page itself. */
record LinkView(Reviews reviews, People people, Grants grants, ReviewStory story, CheckWords checks) {
    /** Whoever holds the link, as far as they have proved it. */
    Visitor who(Handle tx, Person person, StepUp.Standing standing) {
        return Visitor.of(person, people.teams(tx, person), standing.actor(person.actorRef()), Channel.LINK);
    }

    PageVisitor visitor(Handle tx, LinkPages.Visit visit) {
        Visitor who = who(tx, visit.person(), StepUp.Standing.NOT_NEEDED);
        return new PageVisitor(
                who, true, visit.reader().locale(), visit.person().zone());
    }

    /** How the review stands, in sentences, and nothing of what is configured or was found. */
    List<String> stands(Handle tx, LinkPages.Visit visit, Review review) {
        PageVisitor visitor = visitor(tx, visit);
        return story.of(
                tx,
                visitor,
                review,
                reviews.duties().ties(tx, visitor.who(), review),
                reviews.history(tx, review.id()),
                false);
    }

    /** The due date of the review that follows, in words; empty where none does. */
    String nextDue(Handle tx, Review review, Locale language) {
        return reviews.following(tx, review)
                .map(other -> MailDates.day(other.dates().dueOn(), language))
                .orElse("");
    }

    Ties ties(Handle tx, Person person, Review review) {
        return reviews.duties().ties(tx, who(tx, person, StepUp.Standing.NOT_NEEDED), review);
    }

    /** The path that takes the person's attestation back; empty where it is not theirs or too late. */
    Optional<String> undo(Handle tx, Review review, Person person, Instant now) {
        return Optional.ofNullable(review.attestation().recordedAt())
                .filter(at -> mayUndo(review, person, now))
                .map(at -> HandlePurpose.UNDO.path()
                        + grants.handle(grants.ensure(
                                tx, HandlePurpose.UNDO, review.id(), person.id(), at.plus(Attesting.WITHDRAWAL))));
    }

    /** Whether the attestation is the person's and can still be taken back. */
    boolean mayUndo(Review review, Person person, Instant now) {
        Instant recordedAt = review.attestation().recordedAt();
        return recordedAt != null
                && now.isBefore(recordedAt.plus(Attesting.WITHDRAWAL))
                && person.actorRef().equals(review.attestation().performedBy());
    }

    String titles(Collection<String> ids, Locale language) {
        return ids.stream().map(check -> checks.of(check, language)).collect(Collectors.joining(", "));
    }

    /** {@code a…@corp.example}: enough to know oneself, not enough to be collected. */
    static String masked(@Nullable String email) {
        if (email == null || email.indexOf('@') < 1) {
            return "";
        }
        return email.charAt(0) + "…" + email.substring(email.indexOf('@'));
    }
}
