package dev.ronde.inbound.answer;

import dev.ronde.reply.Receipts.Line;
import dev.ronde.review.Review;
import org.jspecify.annotations.Nullable;

/**
 * What the writer of an answer is told about one review.
 *
 * @param review absent for what is said about none
 * @param action the word of what was done; empty where nothing was
 * @param extra a name, an address or a list the sentence needs; may be empty
 */
record Reply(
        @Nullable Review review, String action, @Nullable Saying saying, String extra) {
    static Reply done(Review after, String action) {
        return new Reply(after, action, null, "");
    }

    static Reply said(@Nullable Review review, Saying saying, String extra) {
        return new Reply(review, "", saying, extra);
    }

    Line line() {
        return new Line(
                review == null ? "" : review.id().toString(), action, saying == null ? "" : saying.word(), extra);
    }
}
