package dev.ronde.reply;

import dev.ronde.mail.health.AddressHealth;
import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.answer.CommandForm;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import dev.ronde.review.room.ReviewPage;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Does what the form of a link asks for, once the code is there where one is needed. */
record LinkActs(LinkPages door, Reviews reviews, LinkView view, StepUp codes, Receipts receipts) {
    private static final AddressHealth HEALTH = new AddressHealth();

    /** What a form led to: what is done, or what is missing for it. */
    record Performed(String done, StepUp.Standing standing) {}

    /**
     * Does it, in the caller's transaction, which must commit.
     *
     * @throws Problem as {@link Reviews#act} says; 409 where the page showed something else
     */
    Performed act(Handle tx, LinkPages.Visit visit, Verb verb, Map<String, String> form) {
        Review review = review(tx, visit);
        if (already(visit, review, verb)) {
            return new Performed("already", StepUp.Standing.NOT_NEEDED);
        }
        requireSame(tx, review, form);
        if (codes.needed(tx, verb, review)) {
            rehearse(tx, visit, review, command(tx, review, verb, form));
        }
        StepUp.Standing standing = codes.judge(tx, visit, review, verb, form);
        String done = verb.word();
        if (standing.open()) {
            Visitor who = view.who(tx, visit.person(), standing);
            Review after = reviews.act(tx, review, command(tx, review, verb, form), who);
            UUID as = reviews.duties().ties(tx, who, review).answeringAs(who.person(), review, verb);
            done = verb.outcome(review, after, as);
            receipts.queue(tx, after, visit.person(), done, visit.now());
        }
        door.grants().notePost(tx, visit.grant());
        // whoever holds the link got the mail
        HEALTH.ok(tx, visit.person().email(), visit.now());
        return new Performed(done, standing);
    }

    /**
     * Refuses a form that lacks something before anything else is asked about it; nothing is done.
     *
     * @throws Problem 422
     */
    void requireWhole(Handle tx, LinkPages.Visit visit, Verb verb, Map<String, String> form) {
        Review review = review(tx, visit);
        try {
            rehearse(tx, visit, review, command(tx, review, verb, form));
        } catch (Problem problem) {
            if (problem.status() == 422) {
                throw problem;
            }
        }
    }

    private ReviewAct command(Handle tx, Review review, Verb verb, Map<String, String> form) {
        return verb.read(new CommandForm(review, ReviewPage.filled(reviews, tx, review, verb, form)));
    }

    Review review(Handle handle, LinkPages.Visit visit) {
        return reviews.find(handle, visit.grant().subjectId()).orElseThrow();
    }

    /** The same person did the same before, such as by a double click. */
    boolean already(LinkPages.Visit visit, Review review, Verb verb) {
        return switch (verb) {
            case ATTEST -> visit.person().actorRef().equals(review.attestation().performedBy());
            case ACKNOWLEDGE ->
                review.handling().acknowledgedAt() != null
                        && review.stateAt(visit.now()).waiting();
            case ACCEPT_DELEGATION -> visit.person().id().equals(review.ownerId());
            default -> false;
        };
    }

    /** What cannot be done is refused before a code is mailed for it: it is done as if the code were there, and taken back. */
    private void rehearse(Handle tx, LinkPages.Visit visit, Review review, ReviewAct command) {
        String savepoint = "rehearsal";
        tx.savepoint(savepoint);
        try {
            reviews.act(tx, review, command, view.who(tx, visit.person(), StepUp.Standing.PROVED));
        } finally {
            tx.rollbackToSavepoint(savepoint);
        }
    }

    private void requireSame(Handle tx, Review review, Map<String, String> form) {
        if (!String.valueOf(review.version()).equals(form.get("v"))) {
            throw Problem.conflict("review_changed", "It changed while the page was open.");
        }
        if (!reviews.look().stillAsShown(tx, review, reviews.situation(tx, review), form.get("snapshot_digest"))) {
            throw Problem.conflict("configuration_changed", "It changed while the page was open.");
        }
    }
}
