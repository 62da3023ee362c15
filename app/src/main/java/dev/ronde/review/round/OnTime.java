package dev.ronde.review.round;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of what was due was done in time, the grace of its plan included. Missed, later, waived and still waiting after the grace
 * count as due and not as done in time; what waits within its grace is not decided, and does not count.
 *
 * @param due reviews of the plan whose due date has ended in their zone, without those that may still be done in time
 * @param onTime of those, performed until the end of the grace, before the window closed and without a waiver
 */
public record OnTime(long due, long onTime) {

    static final OnTime NONE = new OnTime(0, 0);

    OnTime plus(long reviews, boolean inTime) {
        return new OnTime(due + reviews, onTime + (inTime ? reviews : 0));
    }

    /** The share in percent with one decimal, rounded down, so that 100 means all of them; 0 where nothing was due. */
    public BigDecimal percent() {
        return due == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(onTime * 100).divide(BigDecimal.valueOf(due), 1, RoundingMode.DOWN);
    }
}
