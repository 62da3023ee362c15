package dev.ronde.reminder;

import dev.ronde.review.Review;
import dev.ronde.review.ReviewDao;
import dev.ronde.review.ReviewEvent;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * A problem with what was attested in another review, whose window was over: that attestation stands, and the problem waits with this review.
 *
 * @param by who reported it
 * @param ref of the review that was attested
 */
record AttestedProblem(String by, String ref) {
    private static final Pattern NAMED = Pattern.compile("REV-(\\d{1,18}): ");

    /** The problem this review was opened for; empty if something else asked for it. */
    static Optional<AttestedProblem> openedFor(Handle tx, Review review, List<ReviewEvent> history) {
        return Review.SIGNIFICANT_CHANGE.equals(review.cause())
                ? history.stream()
                        .filter(event -> event.eventType().equals("problem")
                                && Objects.equals(event.detail(), review.causeReason()))
                        .findFirst()
                        .flatMap(event -> of(tx, review, event))
                : Optional.empty();
    }

    /** Empty if the problem is about the review that has it. */
    static Optional<AttestedProblem> of(Handle tx, Review review, ReviewEvent problem) {
        Matcher named = NAMED.matcher(Objects.requireNonNullElse(problem.detail(), ""));
        return named.lookingAt()
                ? tx.attach(ReviewDao.class)
                        .findByNumber(Long.parseLong(named.group(1)))
                        .filter(one -> one.enrolmentId().equals(review.enrolmentId())
                                && !one.id().equals(review.id())
                                && one.attestation().attestedAt() != null)
                        .map(one ->
                                new AttestedProblem(Objects.requireNonNullElse(problem.actorName(), "–"), one.ref()))
                : Optional.empty();
    }
}
