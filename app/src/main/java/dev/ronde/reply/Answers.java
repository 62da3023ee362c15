package dev.ronde.reply;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import dev.ronde.review.Review;
import dev.ronde.review.answer.Action;
import dev.ronde.review.answer.AttestOutcome;
import dev.ronde.review.answer.AttestRequest;
import dev.ronde.review.answer.AttestRequest.Answer;
import dev.ronde.review.answer.AttestRequest.WaiverRequest;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Turns a form of the action page into what it asks for. */
final class Answers {
    private final Reviews reviews;

    Answers(Reviews reviews) {
        this.reviews = reviews;
    }

    /** The reviews that are answered. */
    Reviews reviews() {
        return reviews;
    }

    /** What the form lacks for its action, each with its field; looked at before anything else is decided. */
    static List<FieldError> missing(Action action, Map<String, String> form) {
        List<FieldError> missing = new ArrayList<>();
        switch (action) {
            case ATTEST -> {
                if (AttestOutcome.of(form.getOrDefault("outcome", "")).isEmpty()) {
                    missing.add(new FieldError("/outcome", "required", "reply.error.outcome"));
                }
            }
            case DELEGATE -> require(form, "to", missing);
            case SNOOZE -> {
                require(form, "until", missing);
                if (missing.isEmpty() && date(form.get("until")) == null) {
                    missing.add(new FieldError("/until", "bad_date", "reply.error.until"));
                }
            }
            case PROBLEM -> require(form, "note", missing);
            case ACKNOWLEDGE, NOT_MINE, ACCEPT -> {}
        }
        return missing;
    }

    private static void require(Map<String, String> form, String field, List<FieldError> missing) {
        if (!form.containsKey(field)) {
            missing.add(new FieldError("/" + field, "required", "reply.error." + field));
        }
    }

    /** As whom somebody answers: the person, or the team that was asked, and whether they may decide as a lead. */
    record As(UUID id, boolean leads) {}

    /** Does it, in the caller's transaction.
     *
     * @throws Problem as {@link Reviews} says */
    Review act(Handle tx, Action action, Review review, As as, Map<String, String> form, Actor by) {
        return switch (action) {
            case ATTEST -> reviews.attest(tx, review, request(tx, review, form), by, Channel.LINK);
            case ACKNOWLEDGE -> reviews.acknowledge(tx, review, by, Channel.LINK);
            case DELEGATE -> reviews.delegate(tx, review, form.get("to"), by, Channel.LINK);
            case SNOOZE -> reviews.snooze(tx, review, date(form.get("until")), as.leads(), by, Channel.LINK);
            case PROBLEM -> reviews.problem(tx, review, form.getOrDefault("note", ""), by, Channel.LINK);
            case NOT_MINE -> reviews.notMine(tx, review, as.id(), form.get("note"), by, Channel.LINK);
            case ACCEPT -> reviews.acceptDelegation(tx, review, as.id(), by, Channel.LINK);
        };
    }

    /**
     * Does it as whoever proves themselves by the code would, and takes it back: what cannot be done is refused before a code is
     * mailed for it.
     *
     * @throws Problem as {@link #act} does
     */
    void rehearse(Handle tx, Action action, Review review, As as, Map<String, String> form, Actor by) {
        String savepoint = "rehearsal";
        tx.savepoint(savepoint);
        try {
            act(tx, action, review, as, form, by);
        } finally {
            tx.rollbackToSavepoint(savepoint);
        }
    }

    /** Each change has its own answer; where there is only one, the outcome that accepts changes, and no other, is the answer to it. */
    private AttestRequest request(Handle tx, Review review, Map<String, String> form) {
        Situation situation = reviews.situation(tx, review);
        Map<String, Answer> answers = new HashMap<>();
        if (situation.toAnswer().size() == 1
                && AttestOutcome.CHANGED_AND_ACCEPTED.word().equals(form.get("outcome"))) {
            answers.put(situation.toAnswer().get(0).path(), new Answer("accept", null));
        }
        form.forEach((field, text) -> {
            if (field.startsWith("answer.")) {
                String item = field.substring("answer.".length());
                answers.put(item, new Answer(text, form.get("evidence." + item)));
            }
        });
        String reason = form.get("waiver_reason");
        LocalDate until = date(form.get("waiver_until"));
        WaiverRequest waiver = reason == null && until == null ? null : new WaiverRequest(reason, until);
        String shown = form.getOrDefault("v", "");
        return new AttestRequest(form.get("outcome"), form.get("note"), ActionView.digest(shown), answers, waiver, null)
                .seeing(ActionView.seen(shown));
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return IsoDates.date(text.strip());
        } catch (DateTimeException e) {
            return null;
        }
    }
}
