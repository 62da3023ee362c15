package dev.ronde.reply;

import dev.ronde.platform.problem.FieldError;
import dev.ronde.platform.problem.Problem;
import dev.ronde.platform.time.IsoDates;
import dev.ronde.review.Review;
import dev.ronde.review.answer.AttestOutcome;
import dev.ronde.review.answer.CommandForm;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.answer.Visitor;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** What the form lacks for what it asks, each with its field; looked at before anything else is decided. */
    static List<FieldError> missing(Verb verb, Map<String, String> form) {
        List<FieldError> missing = new ArrayList<>();
        switch (verb) {
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
            case PROBLEM -> require(form, "text", missing);
            default -> {}
        }
        return missing;
    }

    private static void require(Map<String, String> form, String field, List<FieldError> missing) {
        if (!form.containsKey(field)) {
            missing.add(new FieldError("/" + field, "required", "reply.error." + field));
        }
    }

    /** Does it, in the caller's transaction.
     *
     * @throws Problem as {@link Reviews#act} says */
    Review act(Handle tx, Verb verb, Review review, Map<String, String> form, Visitor who) {
        return reviews.act(tx, review, verb.read(new CommandForm(review, fields(tx, verb, review, form))), who);
    }

    /**
     * Does it as whoever proves themselves by the code would, and takes it back: what cannot be done is refused before a code is
     * mailed for it.
     *
     * @throws Problem as {@link #act} does
     */
    void rehearse(Handle tx, Verb verb, Review review, Map<String, String> form, Visitor who) {
        String savepoint = "rehearsal";
        tx.savepoint(savepoint);
        try {
            act(tx, verb, review, form, who);
        } finally {
            tx.rollbackToSavepoint(savepoint);
        }
    }

    /** Each change has its own answer; where there is only one, the outcome that accepts changes, and no other, is the answer to it. */
    private Map<String, String> fields(Handle tx, Verb verb, Review review, Map<String, String> form) {
        Map<String, String> fields = new HashMap<>(form);
        if (date(form.get("waiver_until")) == null) {
            fields.remove("waiver_until");
        }
        if (verb == Verb.ATTEST) {
            Situation situation = reviews.situation(tx, review);
            if (situation.toAnswer().size() == 1
                    && AttestOutcome.CHANGED_AND_ACCEPTED.word().equals(form.get("outcome"))) {
                fields.putIfAbsent("answer." + situation.toAnswer().get(0).path(), "accept");
            }
            String shown = form.getOrDefault("v", "");
            put(fields, "snapshot_digest", ActionView.digest(shown));
            put(fields, "seen", ActionView.seen(shown));
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String field, @Nullable String text) {
        fields.remove(field);
        if (text != null) {
            fields.put(field, text);
        }
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
