package dev.ronde.reply;

import dev.ronde.platform.problem.Problem;
import dev.ronde.review.Review;
import dev.ronde.review.answer.AttestOutcome;
import dev.ronde.review.answer.CommandForm;
import dev.ronde.review.answer.ReviewAct;
import dev.ronde.review.answer.Reviews;
import dev.ronde.review.answer.Situation;
import dev.ronde.review.answer.Verb;
import dev.ronde.review.room.ReviewPage;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A form of the page behind a link. Its field {@code v} names all that the page showed: the version of the review, the digest of the
 * configuration and the results, so that one nonce covers them.
 */
record LinkForm(Verb verb, Map<String, String> fields) {
    private static final char SEEN = '_';
    private static final String SHA256 = "sha256:";

    /** Names the state of review and configuration a form is shown for, and the results it shows. */
    static String version(Review review, Situation situation) {
        String digest = situation.digest();
        String configuration = digest == null ? "" : "." + digest.substring(SHA256.length());
        return review.version() + configuration + SEEN + situation.seen();
    }

    /** Refuses a form without what its command cannot do without, before anything else is decided: 422. */
    void requireComplete() {
        switch (verb) {
            case ATTEST -> {
                if (AttestOutcome.of(fields.getOrDefault("outcome", "")).isEmpty()) {
                    throw Problem.invalid("/outcome", "required", "Choose an outcome.");
                }
            }
            case DELEGATE -> require("to");
            case SNOOZE -> {
                require("until");
                CommandForm.day("/until", fields.get("until"));
            }
            case PROBLEM -> require("text");
            default -> {
                // nothing is asked for
            }
        }
    }

    private void require(String field) {
        if (!fields.containsKey(field)) {
            throw Problem.invalid("/" + field, "required", "Fill in " + field + ".");
        }
    }

    /** The version of the review that the form was shown for. */
    String reviewVersion() {
        return state().split("\\.", 2)[0];
    }

    /** The digest of the configuration that the form showed; null where it showed none. */
    @Nullable
    String digest() {
        int at = state().indexOf('.');
        return at < 0 ? null : SHA256 + state().substring(at + 1);
    }

    private @Nullable String seen() {
        String version = fields.getOrDefault("v", "");
        int at = version.indexOf(SEEN);
        return at < 0 ? null : version.substring(at + 1);
    }

    private String state() {
        String version = fields.getOrDefault("v", "");
        int at = version.indexOf(SEEN);
        return at < 0 ? version : version.substring(0, at);
    }

    ReviewAct command(Handle tx, Reviews reviews, Review review) {
        Map<String, String> all = new HashMap<>(ReviewPage.filled(reviews, tx, review, verb, fields));
        put(all, "snapshot_digest", digest());
        put(all, "seen", seen());
        return verb.read(new CommandForm(review, all));
    }

    private static void put(Map<String, String> all, String field, @Nullable String text) {
        all.remove(field);
        if (text != null) {
            all.put(field, text);
        }
    }
}
