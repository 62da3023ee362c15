package dev.ronde.reply.inbox;

import dev.ronde.account.Person;
import dev.ronde.reply.Receipts;
import dev.ronde.reply.Receipts.Also;
import dev.ronde.review.Review;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes back about one answer: about one review at once, about the reviews of a list in one mail. */
interface Back {
    void done(Handle tx, Incoming in, Review after, Person by, String action, Instant now);

    /** It was not done, or something else is to be said. */
    void said(Handle tx, Incoming in, @Nullable Review review, Person by, Saying why, String extra, Instant now);

    record AtOnce(Receipts receipts, AnswerPost post) implements Back {
        @Override
        public void done(Handle tx, Incoming in, Review after, Person by, String action, Instant now) {
            receipts.queue(tx, after, by, action, now, in.receipt(), List.of());
        }

        @Override
        public void said(
                Handle tx, Incoming in, @Nullable Review review, Person by, Saying why, String extra, Instant now) {
            post.say(tx, why, in, by, review, extra, now);
        }
    }

    /** All in one mail, which leads with what was done. */
    final class Together implements Back {
        private final List<Line> lines = new ArrayList<>();

        private record Line(
                @Nullable Review review,
                String action,
                @Nullable Saying why,
                String extra) {
            Also also() {
                return new Also(
                        review == null ? "" : review.id().toString(),
                        action,
                        why == null ? "" : why.word(),
                        extra,
                        List.of());
            }
        }

        @Override
        public void done(Handle tx, Incoming in, Review after, Person by, String action, Instant now) {
            lines.add(new Line(after, action, null, ""));
        }

        @Override
        public void said(
                Handle tx, Incoming in, @Nullable Review review, Person by, Saying why, String extra, Instant now) {
            lines.add(new Line(review, "", why, extra));
        }

        private static boolean told(Handle tx, Line line, Person by, Receipts receipts) {
            return line.review() != null && receipts.told(tx, line.review(), by);
        }

        /** Queues the mail. It leads with what was done and no receipt tells yet, else with what was not done. */
        void send(Handle tx, Incoming in, Person by, Receipts receipts, AnswerPost post, Instant now) {
            if (lines.isEmpty()) {
                return;
            }
            Line first = lines.stream()
                    .filter(line -> line.why() == null && !told(tx, line, by, receipts))
                    .findFirst()
                    .or(() -> lines.stream().filter(line -> line.why() != null).findFirst())
                    .orElse(lines.get(0));
            List<Line> rest = new ArrayList<>(lines);
            rest.remove(first);
            List<Also> others = rest.stream().map(Line::also).toList();
            Review review = first.review();
            Saying why = first.why();
            if (why != null) {
                post.say(tx, why, in, by, review, first.extra(), others, now);
            } else if (review != null) {
                receipts.queue(tx, review, by, first.action(), now, in.receipt(), others);
            }
        }
    }
}
