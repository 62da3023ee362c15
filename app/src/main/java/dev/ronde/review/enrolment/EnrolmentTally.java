package dev.ronde.review.enrolment;

import java.time.Instant;

/** What one pass over a plan did. */
public final class EnrolmentTally {
    int enrolled;
    int moved;
    int becameOverdue;
    int cancelled;
    int added;

    /**
     * What came of it.
     *
     * @param enrolled assets that came under the plan
     * @param moved reviews that were given another due date
     * @param added reviews that are expected and were not; within the horizon
     * @param becameOverdue reviews that are overdue from the moment they were made or moved
     */
    public record Counts(int enrolled, int moved, int added, int becameOverdue, int cancelled) {}

    public Counts counts() {
        return new Counts(enrolled, moved, added, becameOverdue, cancelled);
    }

    void enrolled(int assets, Slots.Made made, Instant now) {
        enrolled += assets;
        added += made.added();
        becameOverdue += (int)
                made.rows().stream().filter(review -> review.overdueAt(now)).count();
    }
}
