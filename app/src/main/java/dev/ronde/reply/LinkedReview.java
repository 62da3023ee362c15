package dev.ronde.reply;

import dev.ronde.cadence.LocalTimes;
import dev.ronde.mail.MailDates;
import dev.ronde.mail.handle.HandlePurpose;
import dev.ronde.reminder.ReviewLinks;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewState;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.plan.Assurance;
import dev.ronde.review.room.ReviewPage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The page of a review as whoever holds a link sees it: the same as after signing in, and what the link itself needs. */
record LinkedReview(ReviewPage page, Reviews reviews, LinkView view, StepUp codes, ReviewLinks links) {
    Map<String, Object> of(Handle tx, LinkPages.Visit visit, LinkPages door) {
        Review review = reviews.find(tx, visit.grant().subjectId()).orElseThrow();
        Map<String, Object> model = page.of(tx, review.ref(), null, view.visitor(tx, visit));
        Situation situation = reviews.situation(tx, review, visit.reader().locale());
        Map<String, String> shown = new LinkedHashMap<>();
        shown.put("v", String.valueOf(review.version()));
        if (situation.digest() != null) {
            shown.put("snapshot_digest", situation.digest());
        }
        shown.put("seen", situation.seen());
        model.put("to", visit.path(HandlePurpose.LINK));
        model.put("carried", door.carried(visit, shown));
        model.put("person", visit.person().addressedAs());
        model.put("address", LinkView.masked(visit.person().email()));
        model.put(
                "until",
                MailDates.day(
                        LocalTimes.lastDayBefore(
                                visit.grant().expiresAt(), visit.person().zone()),
                        visit.reader().locale()));
        model.put("page", "/reviews/" + review.ref());
        model.put("sign_in", reviews.requiredAssurance(tx, review) == Assurance.SIGNED_IN);
        model.put("code", codes.needed(tx, Verb.ATTEST, review));
        model.put("undo", view.undo(tx, review, visit.person(), visit.now()).orElse(""));
        // by a link nobody does what only leads may: they sign in for it
        model.put(
                "to_record",
                review.stateAt(visit.now()) == ReviewState.MISSED
                        && review.closing().recovery() == null
                        && visit.person().leads());
        model.put("following_link", followingLink(tx, visit, review));
        return model;
    }

    /** The reader's own link to the review that counts now; empty where this one does, or the other is not theirs to answer. */
    private String followingLink(Handle tx, LinkPages.Visit visit, Review review) {
        return review.stateAt(visit.now()).waiting()
                ? ""
                : reviews.following(tx, review)
                        .filter(other -> other.stateAt(visit.now()).waiting())
                        .filter(other -> visit.person().id().equals(other.ownerId()))
                        .map(other ->
                                links.of(tx, other, visit.person(), visit.now()).url())
                        .orElse("");
    }
}
