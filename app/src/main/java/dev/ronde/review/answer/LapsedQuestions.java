package dev.ronde.review.answer;

import dev.ronde.evidence.Actor;
import dev.ronde.platform.http.Channel;
import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewSteps;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Questions for more time until a day that has come unanswered: nothing is left to give or to refuse, so nobody is asked any more. */
public record LapsedQuestions(ReviewSteps steps) {

    /** Where a day begins first on earth. */
    private static final ZoneOffset FIRST = ZoneOffset.ofHours(14);

    /** The reviews whose question has lapsed at this instant, each by the day of its own zone. */
    public List<Review> list(Handle handle, Instant now, int limit) {
        LocalDate day = now.atOffset(FIRST).toLocalDate();
        return handle.attach(ReviewDao.class).listAskedUntil(day, now, limit).stream()
                .filter(review -> lapsed(review, now))
                .toList();
    }

    /** Ends the question of this review, in the caller's transaction; 409 when somebody else was first. */
    public Review end(Handle tx, Review review) {
        LocalDate until = review.handling().timeAskedUntil();
        return steps.change(
                tx,
                review.timeAnswered(),
                "time-lapsed",
                Actor.SYSTEM,
                Channel.SYSTEM,
                String.valueOf(until),
                evidence -> evidence.data("until", until));
    }

    private static boolean lapsed(Review review, Instant now) {
        LocalDate until = review.handling().timeAskedUntil();
        return until != null && !until.isAfter(review.dates().dayOf(now));
    }
}
