package dev.ronde.review.round;

/**
 * How many reviews of a round stand how. A review is one of scheduled, open, attested, missed.
 *
 * @param reviews all of them
 * @param scheduled not open yet, or held until the plan is announced
 * @param open waiting for somebody
 * @param problem where somebody reported a problem that is not decided: of the open ones, and of those missed and not done
 * @param overdue of the open ones, where the due date has ended
 * @param missed whose window closed, done late or not
 */
public record RoundCount(
        long reviews, long scheduled, long open, long problem, long overdue, long attested, long missed) {

    static final RoundCount NONE = new RoundCount(0, 0, 0, 0, 0, 0, 0);

    RoundCount plus(RoundCount other) {
        return new RoundCount(
                reviews + other.reviews,
                scheduled + other.scheduled,
                open + other.open,
                problem + other.problem,
                overdue + other.overdue,
                attested + other.attested,
                missed + other.missed);
    }
}
