package dev.ronde.review.planning;

import dev.ronde.review.Review;
import dev.ronde.review.answer.Reviews;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Which mails would leave; the reminder room knows who is told of a review, when, and how notices are gathered into mails. */
@FunctionalInterface
public interface MailForecast {

    /**
     * The mails that follow when these reviews have opened together.
     *
     * @param tx in which they have opened, to stay or to be rolled back
     */
    MailsAhead of(Handle tx, Reviews reviews, List<Review> opened, Instant now);
}
